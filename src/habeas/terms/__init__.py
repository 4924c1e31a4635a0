"""The words: frozen values, valid by construction, with no behaviour but validity."""

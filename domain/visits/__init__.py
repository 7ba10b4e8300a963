"""Home visits by appointment (上门办, A79): for those who can hardly come to a counter."""

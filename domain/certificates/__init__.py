"""The e-retirement-certificate: issued once, shown with a code that is good once, checked by anybody, each look told to its holder."""

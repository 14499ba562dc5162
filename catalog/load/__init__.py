"""Located nodes → the model. Parsing is validating; nothing after `load` sees a dict."""

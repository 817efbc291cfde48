"""How the service is put together: settings from the environment, URLs, the web server's entry."""

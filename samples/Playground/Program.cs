using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("browser")]

// Nothing to do at the start: the page calls what is exported to it.
return;

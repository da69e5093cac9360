// Asks the web app from 64 connections at once while its model file is exchanged, broken and mended, and looks at every
// bit.
// WebApi.Load PATH-OF-WebApi.dll [SECONDS]
using System.Globalization;
using Consumers.Load;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
double seconds = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 5;
try
{
    using var models = new Models();
    var test = new LoadTest(models, Path.GetFullPath(args[0]), TimeSpan.FromSeconds(seconds));
    await test.RefuseBadModelAsync();
    Console.WriteLine(await test.RunAsync());
    return 0;
}
catch (Exception exception)
{
    Console.WriteLine(exception is LoadTestException ? exception.Message : exception.ToString());
    return 1;
}

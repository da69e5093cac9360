using System.Globalization;
using System.Reflection;

namespace Consumers.OlderDotNet;

/// <summary>Holds compiled classes against the networks that they were written from.</summary>
internal static class Comparison
{
    private const double FloatTolerance = 1e-5;
    private const double DoubleTolerance = 1e-12;

    /// <summary>Prints the largest errors; returns 1 if one is larger than rounding explains.</summary>
    public static int Run(string path)
    {
        Assembly assembly = Assembly.LoadFrom(Path.GetFullPath(path));
        double worstFloat = Models.InFloat.Max(model => model.RelativeError(assembly));
        double worstDouble = Models.InDouble.Max(model => model.RelativeError(assembly));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Models.All.Count()} networks as C# 9 for .NET Standard predict as the library does, "
            + $"up to {worstFloat:E0} in float and {worstDouble:E0} in double"));
        return worstFloat <= FloatTolerance && worstDouble <= DoubleTolerance ? 0 : 1;
    }
}

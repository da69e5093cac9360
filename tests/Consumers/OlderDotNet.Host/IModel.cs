using System.Reflection;

namespace Consumers.OlderDotNet;

/// <summary>A network, and a class that is written from it.</summary>
internal interface IModel
{
    /// <summary>The name of the class.</summary>
    string ClassName { get; }

    /// <summary>The class as C# source.</summary>
    string Source();

    /// <summary>The largest error of the class's predictions, beside the largest output of the network.</summary>
    double RelativeError(Assembly assembly);
}

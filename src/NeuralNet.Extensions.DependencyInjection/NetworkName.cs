namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>How a network is called in messages.</summary>
internal static class NetworkName
{
    public static string Shown(string name) => name.Length == 0 ? "The network" : $"The network '{name}'";
}

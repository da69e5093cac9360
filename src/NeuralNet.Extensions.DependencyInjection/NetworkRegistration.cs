using System.Numerics;
using Microsoft.Extensions.DependencyInjection;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>That a network was registered, and under which name; a container has one per network.</summary>
internal sealed class NetworkRegistration<T>(string name)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public string Name { get; } = name;

    /// <summary>Who asks without a name means the network without a name, or the only one there is.</summary>
    public static INetworkProvider<T> ProviderWithoutName(IServiceProvider services)
    {
        string[] names = [.. services.GetServices<NetworkRegistration<T>>().Select(one => one.Name)];
        string? name = names.Length == 1 ? names[0] : names.FirstOrDefault(one => one.Length == 0);
        return name is not null
            ? services.GetRequiredKeyedService<INetworkProvider<T>>(name)
            : throw new InvalidOperationException(
                $"There are {names.Length} networks, {string.Join(", ", names.Select(one => $"'{one}'"))}; say which is meant: "
                + $"[FromKeyedServices(\"{names[0]}\")].");
    }
}

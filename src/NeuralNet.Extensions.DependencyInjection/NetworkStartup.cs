using System.Numerics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>Loads all networks before any other service of the host starts, a web server among them.</summary>
internal sealed class NetworkStartup<T>(IServiceProvider services) : IHostedLifecycleService
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (NetworkRegistration<T> registration in services.GetServices<NetworkRegistration<T>>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            _ = services.GetRequiredKeyedService<INetworkProvider<T>>(registration.Name).Loaded;
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

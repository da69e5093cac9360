using System.Numerics;
using Microsoft.Extensions.Logging;
using NeuralNet.Networks;
using NeuralNet.Serialization;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>Loads networks.</summary>
internal sealed class NetworkProvider<T>(string name, string path, NetworkOptions<T> options, ILogger logger, TimeProvider time)
    : ModelProvider<Network<T>, LoadedNetwork<T>>(name, path, options, logger, time), INetworkProvider<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected override Network<T>? Read(Stream stream, string fileName) =>
        options.Load is { } load ? load(stream) : Network.Load<T>(stream, name: fileName);

    protected override void Check(Network<T> model) => options.Check?.Invoke(model);

    protected override ModelShape Shape(Network<T> model) => new(model.InputSize, model.OutputSize, model.ParameterCount, []);

    protected override LoadedNetwork<T> Put(Network<T> model, long version, string path, DateTimeOffset loadedAt) =>
        new(model, version, path, loadedAt);
}

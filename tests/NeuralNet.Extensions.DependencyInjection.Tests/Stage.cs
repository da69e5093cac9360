using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NeuralNet.Activations;
using NeuralNet.Networks;
using NeuralNet.Serialization;

namespace NeuralNet.Extensions.DependencyInjection.Tests;

/// <summary>A folder with a model file, a clock and a log, and the services that load it.</summary>
internal sealed class Stage : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private ServiceProvider? _services;

    public string Folder { get; } = Directory.CreateTempSubdirectory("neuralnet-di-").FullName;

    public string ModelPath => Path.Combine(Folder, "model.safetensors");

    public FakeTime Time { get; } = new();

    public RecordedLog Log { get; } = new();

    public IEnumerable<string> Errors =>
        Log.Entries.Where(entry => entry.Level == LogLevel.Error).Select(entry => entry.Text);

    public static Network<float> Network(int seed, int inputs = 3, int outputs = 2) =>
        Networks.Network.Create<float>(inputs, seed).Dense(5, new Tanh()).Dense(outputs).Build();

    /// <summary>What tells one network from another: its outputs for a fixed input.</summary>
    public static float[] Outputs(Network<float> network)
    {
        float[] inputs = [.. Enumerable.Range(1, network.InputSize).Select(i => i / 8f)];
        float[] outputs = new float[network.OutputSize];
        network.Predict(inputs, outputs);
        return outputs;
    }

    public static byte[] Bytes(Network<float> network)
    {
        using var stream = new MemoryStream();
        network.Save(stream);
        return stream.ToArray();
    }

    /// <summary>Starts with a network of that seed in the file, under the name "digits" and with reloading.</summary>
    public IModelProvider<Network<float>> Start(int seed, Action<ModelOptions<Network<float>>>? configure = null)
    {
        Network(seed).Save(ModelPath);
        return Start(configure);
    }

    public IModelProvider<Network<float>> Start(Action<ModelOptions<Network<float>>>? configure = null)
    {
        IModelProvider<Network<float>> provider = Provider(configure);
        _ = provider.Current;
        return provider;
    }

    /// <summary>The provider, before it has loaded anything.</summary>
    public IModelProvider<Network<float>> Provider(Action<ModelOptions<Network<float>>>? configure = null)
    {
        _services = Services(configure).BuildServiceProvider();
        return _services.GetRequiredKeyedService<IModelProvider<Network<float>>>("digits");
    }

    public ServiceCollection Services(Action<ModelOptions<Network<float>>>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time).AddLogging(logging => logging.AddProvider(Log));
        services.AddNeuralNetModel<Network<float>>("digits", options =>
        {
            options.Path = ModelPath;
            options.ReloadOnChange = true;
            configure?.Invoke(options);
        });
        return services;
    }

    /// <summary>Lets the file be looked at, as often as it takes until a new one is read.</summary>
    public void LetBeSeen()
    {
        Time.Advance(Interval);
        Time.Advance(Interval);
    }

    /// <summary>Ends the services.</summary>
    public void Stop() => _services?.Dispose();

    public void Dispose()
    {
        Stop();
        Directory.Delete(Folder, recursive: true);
    }
}

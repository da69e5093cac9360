using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Serialization;

namespace NeuralNet.Extensions.DependencyInjection.Tests;

public sealed class PipelineTests : IDisposable
{
    private static readonly string[] _species = ["setosa", "virginica"];

    private readonly Stage _stage = new();
    private ServiceProvider? _services;

    public void Dispose()
    {
        _services?.Dispose();
        _stage.Dispose();
    }

    [Fact]
    public async Task A_host_has_its_pipelines_before_anything_else_starts()
    {
        Pipeline<float> pipeline = Make(seed: 1);
        pipeline.Save(_stage.ModelPath);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = _stage.Folder });
        builder.Services.AddNeuralNetModel<Pipeline<float>>("iris", options => options.Path = "model.safetensors");
        using IHost host = builder.Build();

        await host.StartAsync();
        File.Delete(_stage.ModelPath);

        IModelProvider<Pipeline<float>> provider = host.Services.GetRequiredService<IModelProvider<Pipeline<float>>>();
        provider.Should().BeSameAs(host.Services.GetRequiredKeyedService<IModelProvider<Pipeline<float>>>("iris"));
        (provider.Name, provider.Loaded.Version, provider.Loaded.Path).Should().Be(("iris", 1, _stage.ModelPath));
        provider.Current.Should().BeSameAs(provider.Loaded.Model);
        Outputs(provider.Current).Should().Equal(Outputs(pipeline));
        provider.Current.PredictLabel([1f, 2, 3]).Should().Be(pipeline.PredictLabel([1f, 2, 3]));
        await host.StopAsync();
    }

    [Fact]
    public async Task A_host_does_not_start_with_a_bad_pipeline_and_says_why()
    {
        Make(seed: 1).Save(_stage.ModelPath);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddNeuralNetModel<Pipeline<float>>(options =>
        {
            options.Path = _stage.ModelPath;
            options.OutputSize = 3;
        });
        using IHost host = builder.Build();

        (await FluentActions.Invoking(() => host.StartAsync()).Should().ThrowAsync<ModelLoadException>())
            .WithMessage(
                $"The pipeline was not loaded from '{_stage.ModelPath}': it has 2 outputs, but 3 are expected.");
    }

    [Fact]
    public void A_pipeline_registered_as_a_network_is_refused_with_what_to_do()
    {
        Make(seed: 1).Save(_stage.ModelPath);

        FluentActions.Invoking(() => _stage.Start()).Should().Throw<ModelLoadException>()
            .WithMessage("*AddNeuralNetModel<Pipeline<T>>*");
    }

    [Fact]
    public void A_network_and_a_pipeline_may_have_one_name()
    {
        Stage.Network(seed: 1).Save(_stage.ModelPath);
        ServiceCollection services = _stage.Services();
        services.AddNeuralNetModel<Pipeline<float>>("digits", options => options.Path = _stage.ModelPath);
        using ServiceProvider provider = services.BuildServiceProvider();

        Outputs(provider.GetRequiredService<IModelProvider<Pipeline<float>>>().Current)
            .Should().Equal(Stage.Outputs(provider.GetRequiredService<IModelProvider<Network<float>>>().Current));
    }

    [Fact]
    public void Of_several_pipelines_one_must_be_named()
    {
        var services = new ServiceCollection();
        services.AddNeuralNetModel<Pipeline<float>>("iris", options => options.Path = _stage.ModelPath);
        services.AddNeuralNetModel<Pipeline<float>>("wine", options => options.Path = _stage.ModelPath);
        using ServiceProvider provider = services.BuildServiceProvider();

        FluentActions.Invoking(provider.GetRequiredService<IModelProvider<Pipeline<float>>>).Should()
            .Throw<InvalidOperationException>()
            .WithMessage("There are 2 pipelines, 'iris', 'wine'; say which is meant: [FromKeyedServices(\"iris\")].");
    }

    [Fact]
    public void A_new_file_brings_its_own_preprocessing_and_labels()
    {
        IModelProvider<Pipeline<float>> provider = Start(Make(seed: 1));
        Pipeline<float> underWay = provider.Current;

        Pipeline<float> other = Make(seed: 2, mean: 7, labels: ["virginica", "setosa"]);
        other.Save(_stage.ModelPath);
        _stage.LetBeSeen();

        provider.Loaded.Version.Should().Be(2);
        Outputs(provider.Current).Should().Equal(Outputs(other));
        provider.Current.Labels!.Labels.Should().Equal("virginica", "setosa");
        Outputs(underWay).Should().Equal(Outputs(Make(seed: 1)));
        _stage.Log.Entries.Select(entry => entry.Text).Should().Contain(
            text => text.StartsWith("Pipeline 'iris', version 2, loaded from ", StringComparison.Ordinal)
                && text.EndsWith(": 3 inputs, 2 outputs, 32 parameters", StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_file_is_refused_and_the_pipeline_in_use_stays()
    {
        IModelProvider<Pipeline<float>> provider = Start(Make(seed: 1));
        byte[] whole = File.ReadAllBytes(_stage.ModelPath);
        for (int length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(_stage.ModelPath, whole[..length]);
            provider.Reload().Should().BeFalse($"{length} of {whole.Length} bytes are no pipeline");
        }

        provider.LastError!.Message.Should().StartWith("The pipeline 'iris' was not loaded from ")
            .And.Contain("Version 1 stays in use");
        Outputs(provider.Current).Should().Equal(Outputs(Make(seed: 1)));

        Make(seed: 2).Save(_stage.ModelPath);
        _stage.LetBeSeen();
        provider.LastError.Should().BeNull();
        Outputs(provider.Current).Should().Equal(Outputs(Make(seed: 2)));
    }

    [Theory]
    [InlineData("network", "no transform of the inputs")]
    [InlineData("labels", "no labels")]
    [InlineData("outputs", "no transform of the outputs")]
    public void A_file_that_lacks_a_part_of_the_pipeline_in_use_is_refused(string what, string reason)
    {
        IModelProvider<Pipeline<float>> provider =
            Start(what == "outputs" ? Regression(new Standardization([1, 2], [3, 4])) : Make(seed: 1));
        Pipeline<float> less = what switch
        {
            "network" => Pipeline.Create(Stage.Network(seed: 2)),
            "labels" => Pipeline.Create(Stage.Network(seed: 2), Scaling(mean: 1)),
            _ => Regression(null),
        };
        less.Save(_stage.ModelPath);
        _stage.LetBeSeen();

        provider.Loaded.Version.Should().Be(1);
        provider.LastError!.Message
            .Should().Contain($"it has {reason}, but the pipeline in use has; set AllowShapeChange if that is meant");
    }

    [Fact]
    public void A_file_with_fewer_parts_is_taken_where_that_is_allowed()
    {
        IModelProvider<Pipeline<float>> provider = Start(Make(seed: 1), options => options.AllowShapeChange = true);

        Stage.Network(seed: 2).Save(_stage.ModelPath);
        _stage.LetBeSeen();

        (provider.Current.Inputs, provider.Current.Labels).Should().Be((null, null));
    }

    [Fact]
    public void A_file_with_more_parts_is_taken()
    {
        IModelProvider<Pipeline<float>> provider = Start(Pipeline.Create(Stage.Network(seed: 1)));

        Make(seed: 2).Save(_stage.ModelPath);
        _stage.LetBeSeen();

        provider.Loaded.Version.Should().Be(2);
    }

    [Fact]
    public void Sizes_are_those_of_raw_features()
    {
        // Two of the three raw features reach the network, which gives two outputs.
        var two = Pipeline.Create(
            Stage.Network(seed: 1, inputs: 2),
            new ColumnTransform(3, [new([2, 0], null)]),
            labels: new LabelEncoder(_species));
        IModelProvider<Pipeline<float>> provider =
            Start(two, options => (options.InputSize, options.OutputSize) = (3, 2));
        provider.Current.InputSize.Should().Be(3);

        Pipeline.Create(Stage.Network(seed: 1, inputs: 2), Identity(2), labels: new LabelEncoder(_species))
            .Save(_stage.ModelPath);
        provider.Reload().Should().BeFalse();
        provider.LastError!.Message.Should().Contain("it has 2 inputs, but 3 are expected");
    }

    [Fact]
    public void The_check_sees_the_whole_pipeline()
    {
        IModelProvider<Pipeline<float>> provider = Start(Make(seed: 1), options => options.Check = candidate =>
        {
            if (!candidate.Labels!.Labels.Contains("setosa"))
            {
                throw new ArithmeticException("it knows no setosa");
            }
        });

        Make(seed: 2, labels: ["a", "b"]).Save(_stage.ModelPath);
        _stage.LetBeSeen();

        provider.LastError!.Message.Should().Contain("it knows no setosa");
        provider.Loaded.Version.Should().Be(1);
    }

    [Fact]
    public void A_load_of_ones_own_may_refuse_by_null()
    {
        Make(seed: 1).Save(_stage.ModelPath);
        Pipeline<float>? result = Make(seed: 5);
        IModelProvider<Pipeline<float>> provider = Start(Make(seed: 1), options => options.Load = _ => result!);
        Outputs(provider.Current).Should().Equal(Outputs(result));

        result = null;
        provider.Reload().Should().BeFalse();
        provider.LastError!.Message.Should().Contain("Load gave null");
    }

    [Fact]
    public void Options_come_from_the_configuration()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                [new("Path", "iris.safetensors"), new("ReloadOnChange", "true"), new("InputSize", "4")])
            .Build();
        var services = new ServiceCollection();
        services.AddNeuralNetModel<Pipeline<float>>(configuration);
        services.AddNeuralNetModel<Pipeline<float>>(configuration).Configure(options => options.OutputSize = 3);
        services.AddNeuralNetModel<Pipeline<float>>(
            "wrong", new ConfigurationBuilder().AddInMemoryCollection([new("Pfad", "x")]).Build());
        using ServiceProvider provider = services.BuildServiceProvider();
        IOptionsMonitor<ModelOptions<Pipeline<float>>> monitor =
            provider.GetRequiredService<IOptionsMonitor<ModelOptions<Pipeline<float>>>>();

        monitor.Get("").Should().BeEquivalentTo(
            new ModelOptions<Pipeline<float>>
            {
                Path = "iris.safetensors",
                ReloadOnChange = true,
                InputSize = 4,
                OutputSize = 3,
            });
        monitor.Invoking(m => m.Get("wrong")).Should().Throw<InvalidOperationException>()
            .WithMessage("The configuration entry 'Pfad' is no option of a pipeline; there are Path, *");
    }

    [Fact]
    public void Options_that_cannot_be_are_refused()
    {
        var services = new ServiceCollection();
        services.AddNeuralNetModel<Pipeline<float>>("iris", options => options.PollInterval = TimeSpan.Zero);
        using ServiceProvider provider = services.BuildServiceProvider();

        FluentActions.Invoking(provider.GetRequiredService<IModelProvider<Pipeline<float>>>).Should()
            .Throw<OptionsValidationException>()
            .Which.Failures.Should().HaveCount(2)
            .And.OnlyContain(failure => failure.StartsWith("The pipeline 'iris'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_predicts_while_pipelines_change_gets_the_bits_of_one_of_them()
    {
        Pipeline<float>[] versions = [Make(seed: 0), Make(seed: 1, mean: 3, labels: ["a", "b"])];
        (float[] Outputs, string Label)[] expected =
            [.. versions.Select(one => (Outputs(one), one.PredictLabel([1f, 2, 3])))];
        IModelProvider<Pipeline<float>> provider = Start(versions[0]);
        using var end = new CancellationTokenSource();
        Task<int>[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            int predictions = 0;
            while (!end.IsCancellationRequested || predictions < 50)
            {
                Pipeline<float> pipeline = provider.Current;
                Outputs(pipeline).Should().Equal(expected[pipeline.Network.Seed].Outputs);
                pipeline.PredictLabel([1f, 2, 3]).Should().Be(expected[pipeline.Network.Seed].Label);
                predictions++;
            }

            return predictions;
        }))];

        for (int i = 1; i <= 50; i++)
        {
            versions[i % 2].Save(_stage.ModelPath);
            provider.Reload().Should().BeTrue();
            File.WriteAllText(_stage.ModelPath, "no model");
            provider.Reload().Should().BeFalse();
        }

        await end.CancelAsync();
        (await Task.WhenAll(readers)).Should().OnlyContain(predictions => predictions >= 50);
        provider.Loaded.Version.Should().Be(51);
    }

    [Fact]
    public void Null_is_refused()
    {
        var services = new ServiceCollection();
        FluentActions.Invoking(() => services.AddNeuralNetModel((Action<ModelOptions<Pipeline<float>>>)null!)).Should()
            .Throw<ArgumentNullException>();
        FluentActions.Invoking(() => services.AddNeuralNetModel<Pipeline<float>>((IConfiguration)null!)).Should()
            .Throw<ArgumentNullException>();
        FluentActions.Invoking(() => services.AddNeuralNetModel<Pipeline<float>>(null!, _ => { })).Should()
            .Throw<ArgumentNullException>();
        FluentActions.Invoking(() => new LoadedModel<Pipeline<float>>(null!, 1, "path", default)).Should()
            .Throw<ArgumentNullException>();
    }

    private static Standardization Scaling(double mean) => new([mean, mean, mean], [2, 3, 4]);

    private static Standardization Identity(int size) => new(new double[size], [.. Enumerable.Repeat(1.0, size)]);

    private static Pipeline<float> Make(int seed, double mean = 1, string[]? labels = null) =>
        Pipeline.Create(Stage.Network(seed), Scaling(mean), labels: new LabelEncoder(labels ?? _species));

    private static Pipeline<float> Regression(IInvertibleTransform? outputs) =>
        Pipeline.Create(Stage.Network(seed: 1), Scaling(mean: 1), outputs);

    /// <summary>What tells one pipeline from another: its outputs for a fixed input.</summary>
    private static float[] Outputs(Pipeline<float> pipeline)
    {
        float[] outputs = new float[pipeline.OutputSize];
        pipeline.Predict([1 / 8f, 2 / 8f, 3 / 8f], outputs);
        return outputs;
    }

    private IModelProvider<Pipeline<float>> Start(
        Pipeline<float> pipeline, Action<ModelOptions<Pipeline<float>>>? configure = null)
    {
        pipeline.Save(_stage.ModelPath);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_stage.Time).AddLogging(logging => logging.AddProvider(_stage.Log));
        services.AddNeuralNetModel<Pipeline<float>>("iris", options =>
        {
            options.Path = _stage.ModelPath;
            options.ReloadOnChange = true;
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
        IModelProvider<Pipeline<float>> provider =
            _services.GetRequiredKeyedService<IModelProvider<Pipeline<float>>>("iris");
        _ = provider.Current;
        return provider;
    }
}

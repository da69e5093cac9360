using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using NeuralNet.Networks;
using NeuralNet.Serialization;

namespace NeuralNet.Extensions.DependencyInjection.Tests;

public sealed class RegistrationTests : IDisposable
{
    private readonly Stage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task A_host_has_its_networks_before_anything_else_starts()
    {
        Stage.Network(seed: 1).Save(_stage.ModelPath);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new());
        var early = new EarlyService();
        builder.Services.AddSingleton<IHostedService>(services =>
        {
            early.Services = services;
            return early;
        });
        builder.Services.AddNeuralNetModel<Network<float>>("digits", options => options.Path = _stage.ModelPath);
        using IHost host = builder.Build();

        await host.StartAsync();
        File.Delete(_stage.ModelPath);

        early.Seed.Should().Be(1);
        host.Services.GetRequiredService<IModelProvider<Network<float>>>().Current.Seed.Should().Be(1);
        await host.StopAsync();
    }

    [Theory]
    [InlineData("missing", "Could not find file")]
    [InlineData("damaged", "'model.safetensors'")]
    [InlineData("shape", "it has 3 inputs, but 784 are expected")]
    [InlineData("check", "the canary fell off its perch")]
    public async Task A_host_does_not_start_with_a_bad_file_and_says_why(string what, string reason)
    {
        Stage.Network(seed: 1).Save(_stage.ModelPath);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddNeuralNetModel<Network<float>>("digits", options =>
        {
            options.Path = _stage.ModelPath;
            options.InputSize = what == "shape" ? 784 : null;
            options.Check =
                what == "check" ? _ => throw new ArithmeticException("the canary fell off its perch") : null;
        });
        switch (what)
        {
            case "missing":
                File.Delete(_stage.ModelPath);
                break;
            case "damaged":
                File.WriteAllBytes(_stage.ModelPath, new byte[100]);
                break;
        }

        using IHost host = builder.Build();
        (await FluentActions.Invoking(() => host.StartAsync()).Should().ThrowAsync<ModelLoadException>())
            .Which.Message.Should().StartWith($"The network 'digits' was not loaded from '{_stage.ModelPath}': ")
            .And.Contain(reason)
            .And.NotContain("stays in use");
    }

    [Fact]
    public void Without_a_host_the_first_use_loads_and_a_failure_is_tried_again()
    {
        using ServiceProvider services = _stage.Services().BuildServiceProvider();
        IModelProvider<Network<float>> provider =
            services.GetRequiredKeyedService<IModelProvider<Network<float>>>("digits");

        FluentActions.Invoking(() => provider.Current).Should().Throw<ModelLoadException>();
        Stage.Network(seed: 1).Save(_stage.ModelPath);

        provider.Current.Seed.Should().Be(1);
        provider.LastError.Should().BeNull();
    }

    [Fact]
    public void Without_a_network_there_is_none_after_the_end()
    {
        ServiceProvider services = _stage.Services().BuildServiceProvider();
        IModelProvider<Network<float>> provider =
            services.GetRequiredKeyedService<IModelProvider<Network<float>>>("digits");
        services.Dispose();

        FluentActions.Invoking(() => provider.Current).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void The_only_network_needs_no_name()
    {
        using ServiceProvider services = _stage.Services().BuildServiceProvider();

        services.GetRequiredService<IModelProvider<Network<float>>>()
            .Should().BeSameAs(services.GetRequiredKeyedService<IModelProvider<Network<float>>>("digits"));
    }

    [Fact]
    public void Of_several_networks_one_must_be_named()
    {
        ServiceCollection services = _stage.Services();
        services.AddNeuralNetModel<Network<float>>("letters", options => options.Path = "letters.safetensors");
        using ServiceProvider provider = services.BuildServiceProvider();

        FluentActions.Invoking(provider.GetRequiredService<IModelProvider<Network<float>>>)
            .Should().Throw<InvalidOperationException>()
            .WithMessage("*'digits', 'letters'*FromKeyedServices(\"digits\")*");
    }

    [Fact]
    public void The_network_without_a_name_is_meant_when_none_is_given()
    {
        ServiceCollection services = _stage.Services();
        services.AddNeuralNetModel<Network<float>>(options => options.Path = _stage.ModelPath);
        using ServiceProvider provider = services.BuildServiceProvider();

        provider.GetRequiredService<IModelProvider<Network<float>>>().Name.Should().BeEmpty();
    }

    [Fact]
    public void Float_and_double_do_not_meet()
    {
        Stage.Network(seed: 1).Save(_stage.ModelPath);
        ServiceCollection services = _stage.Services();
        services.AddNeuralNetModel<Network<double>>("digits", options => options.Path = _stage.ModelPath);
        using ServiceProvider provider = services.BuildServiceProvider();

        double wide = provider.GetRequiredService<IModelProvider<Network<double>>>().Current.Parameters[0].Values[0];
        float narrow = provider.GetRequiredService<IModelProvider<Network<float>>>().Current.Parameters[0].Values[0];
        wide.Should().Be(narrow);
    }

    [Fact]
    public void A_name_registered_again_adds_to_its_options()
    {
        ServiceCollection services = _stage.Services();
        services.AddNeuralNetModel<Network<float>>("digits", options => options.InputSize = 3);
        using ServiceProvider provider = services.BuildServiceProvider();

        provider.GetServices<ModelRegistration>().Should().ContainSingle();
        ModelOptions<Network<float>> options =
            provider.GetRequiredService<IOptionsMonitor<ModelOptions<Network<float>>>>().Get("digits");
        (options.Path, options.InputSize).Should().Be((_stage.ModelPath, 3));
    }

    [Fact]
    public void Options_come_from_the_configuration()
    {
        IConfiguration configuration = Configuration(
            ("Models:Digits:Path", "a.safetensors"),
            ("Models:Digits:reloadOnChange", "true"),
            ("Models:Digits:PollInterval", "00:00:07"),
            ("Models:Digits:InputSize", "784"),
            ("Models:Digits:OutputSize", "10"),
            ("Models:Digits:AllowShapeChange", "True"));
        var services = new ServiceCollection();
        services.AddNeuralNetModel<Network<float>>("digits", configuration.GetSection("Models:Digits"));
        using ServiceProvider provider = services.BuildServiceProvider();

        provider.GetRequiredService<IOptionsMonitor<ModelOptions<Network<float>>>>().Get("digits")
            .Should().BeEquivalentTo(
            new ModelOptions<Network<float>>
            {
                Path = "a.safetensors",
                ReloadOnChange = true,
                PollInterval = TimeSpan.FromSeconds(7),
                InputSize = 784,
                OutputSize = 10,
                AllowShapeChange = true,
            });
    }

    [Fact]
    public void Every_option_that_text_can_hold_is_taken_from_the_configuration()
    {
        var options = new ModelOptions<Network<float>>();
        foreach (System.Reflection.PropertyInfo property in typeof(ModelOptions<Network<float>>).GetProperties())
        {
            Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (!typeof(Delegate).IsAssignableFrom(type))
            {
                string value = type == typeof(bool) ? "true" : type == typeof(TimeSpan) ? "00:01:00" : "5";
                ModelOptionsBinding.Bind(Configuration((property.Name, value)), options);
                property.GetValue(options)
                    .Should().NotBe(property.GetValue(new ModelOptions<Network<float>>()), property.Name);
            }
        }
    }

    [Theory]
    [InlineData("ReloadOnChange", "yes", "'ReloadOnChange' must be true or false, but it is 'yes'")]
    [InlineData("PollInterval", "soon", "'PollInterval' must be a time such as 00:00:05, but it is 'soon'")]
    [InlineData("InputSize", "1.5", "'InputSize' must be a whole number, but it is '1.5'")]
    [InlineData(
        "ReloadOnChanged", "true", "'ReloadOnChanged' is no option of a network; there are Path, ReloadOnChange, ")]
    public void A_wrong_configuration_is_refused_by_name(string key, string value, string message)
    {
        var services = new ServiceCollection();
        services.AddNeuralNetModel<Network<float>>(Configuration((key, value)));
        using ServiceProvider provider = services.BuildServiceProvider();

        FluentActions.Invoking(provider.GetRequiredService<IModelProvider<Network<float>>>)
            .Should().Throw<InvalidOperationException>().WithMessage($"*{message}*");
    }

    [Fact]
    public void Options_that_cannot_be_are_refused_all_at_once()
    {
        var services = new ServiceCollection();
        services.AddNeuralNetModel<Network<float>>("digits", options =>
        {
            options.PollInterval = TimeSpan.Zero;
            options.LoadTimeout = TimeSpan.FromDays(2);
            options.InputSize = 0;
            options.OutputSize = -1;
        });
        using ServiceProvider provider = services.BuildServiceProvider();

        FluentActions.Invoking(provider.GetRequiredService<IModelProvider<Network<float>>>)
            .Should().Throw<OptionsValidationException>().Which.Failures.Should().HaveCount(5).And.OnlyContain(
                failure => failure.StartsWith("The network 'digits'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_relative_path_starts_at_the_content_root()
    {
        Stage.Network(seed: 1).Save(_stage.ModelPath);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = _stage.Folder });
        builder.Services.AddNeuralNetModel<Network<float>>(options => options.Path = "model.safetensors");
        using IHost host = builder.Build();

        host.Services.GetRequiredService<IModelProvider<Network<float>>>().Loaded.Path.Should().Be(_stage.ModelPath);
    }

    [Fact]
    public void A_load_of_ones_own_reads_what_is_no_whole_model()
    {
        Stage.Network(seed: 1).SaveParameters(_stage.ModelPath);
        IModelProvider<Network<float>> provider = _stage.Start(options => options.Load = stream =>
        {
            using (stream)
            {
                Network<float> network = Stage.Network(seed: 99);
                network.LoadParameters(stream);
                return network;
            }
        });

        Stage.Outputs(provider.Current).Should().Equal(Stage.Outputs(Stage.Network(seed: 1)));
    }

    [Fact]
    public void Null_is_refused()
    {
        var services = new ServiceCollection();
        FluentActions.Invoking(() => services.AddNeuralNetModel((Action<ModelOptions<Network<float>>>)null!)).Should()
            .Throw<ArgumentNullException>();
        FluentActions.Invoking(() => services.AddNeuralNetModel<Network<float>>((IConfiguration)null!)).Should()
            .Throw<ArgumentNullException>();
        FluentActions.Invoking(() => services.AddNeuralNetModel<Network<float>>(null!, _ => { })).Should()
            .Throw<ArgumentNullException>();
        services = null!;
        FluentActions.Invoking(() => services.AddNeuralNetModel<Network<float>>(_ => { }))
            .Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void A_type_that_is_no_model_is_refused_where_it_is_registered()
    {
        var services = new ServiceCollection();
        services.Invoking(one => one.AddNeuralNetModel<Layers.Layer<float>>(_ => { })).Should()
            .Throw<NotSupportedException>()
            .WithMessage("A model is a Network or a Pipeline, of float or double, but *Layer*Single* was asked for.");
        services.Should().BeEmpty();
    }

    [Fact]
    public void A_loaded_model_has_a_version_and_a_file()
    {
        Network<float> network = Stage.Network(seed: 1);
        FluentActions.Invoking(() => new LoadedModel<Network<float>>(network, 0, "path", default)).Should()
            .Throw<ArgumentOutOfRangeException>().WithParameterName("version");
        FluentActions.Invoking(() => new LoadedModel<Network<float>>(network, 1, "", default)).Should()
            .Throw<ArgumentException>().WithParameterName("path");
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] entries) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(entries.Select(entry => KeyValuePair.Create(entry.Key, (string?)entry.Value)))
            .Build();

    /// <summary>
    /// A service that was registered before the network and wants it in its start, as a web server does.
    /// </summary>
    private sealed class EarlyService : IHostedService
    {
        public IServiceProvider? Services { get; set; }

        public int? Seed { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Seed = Services!.GetRequiredService<IModelProvider<Network<float>>>().Current.Seed;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

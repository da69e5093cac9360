using System.Numerics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NeuralNet.Extensions.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers networks and pipelines with a host's services.</summary>
public static class NeuralNetServiceCollectionExtensions
{
    /// <summary>
    /// Registers a network under a name. The host loads it at start-up, and does not start if the file is bad; inject it as
    /// <c>[FromKeyedServices("name")] INetworkProvider&lt;T&gt;</c>, or without the attribute if it is the only one.
    /// </summary>
    /// <remarks>For a file that <c>pipeline.Save</c> saved there is <c>AddNeuralNetPipeline</c>.</remarks>
    /// <typeparam name="T">float or double, whatever the file holds.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The name; registering it again adds to its options.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The options' builder, for what depends on other services.</returns>
    /// <example><code>
    /// builder.Services.AddNeuralNet&lt;float&gt;("digits", options =&gt;
    /// {
    ///     options.Path = "digits.safetensors";
    ///     options.ReloadOnChange = true;
    /// });
    /// </code></example>
    public static OptionsBuilder<NetworkOptions<T>> AddNeuralNet<T>(
        this IServiceCollection services, string name, Action<NetworkOptions<T>> configure)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        return RegisterNetwork<T>(services, name).Configure(configure);
    }

    /// <summary>Registers a network without a name; inject it as <see cref="INetworkProvider{T}"/>.</summary>
    /// <typeparam name="T">float or double, whatever the file holds.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The options' builder, for what depends on other services.</returns>
    public static OptionsBuilder<NetworkOptions<T>> AddNeuralNet<T>(
        this IServiceCollection services, Action<NetworkOptions<T>> configure)
        where T : unmanaged, IFloatingPointIeee754<T> => services.AddNeuralNet(Options.Options.DefaultName, configure);

    /// <summary>
    /// Registers a network under a name, with options from a configuration section: <c>Path</c>, <c>ReloadOnChange</c>,
    /// <c>PollInterval</c>, <c>InputSize</c>, <c>OutputSize</c>, <c>AllowShapeChange</c>. An entry that is none of these is an
    /// error at start-up.
    /// </summary>
    /// <typeparam name="T">float or double, whatever the file holds.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The name; registering it again adds to its options.</param>
    /// <param name="section">The section, such as <c>builder.Configuration.GetSection("Models:Digits")</c>.</param>
    /// <returns>The options' builder, for options that no configuration can hold.</returns>
    public static OptionsBuilder<NetworkOptions<T>> AddNeuralNet<T>(
        this IServiceCollection services, string name, IConfiguration section)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(section);
        return services.AddNeuralNet<T>(name, options => ModelOptionsBinding.Bind(section, options));
    }

    /// <summary>Registers a network without a name, with options from a configuration section.</summary>
    /// <typeparam name="T">float or double, whatever the file holds.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="section">The section, such as <c>builder.Configuration.GetSection("Model")</c>.</param>
    /// <returns>The options' builder, for options that no configuration can hold.</returns>
    public static OptionsBuilder<NetworkOptions<T>> AddNeuralNet<T>(this IServiceCollection services, IConfiguration section)
        where T : unmanaged, IFloatingPointIeee754<T> => services.AddNeuralNet<T>(Options.Options.DefaultName, section);

    /// <summary>
    /// Registers a pipeline, a network with its preprocessing and the names of its classes, under a name. The host loads it
    /// at start-up, and does not start if the file is bad; inject it as
    /// <c>[FromKeyedServices("name")] IPipelineProvider&lt;T&gt;</c>, or without the attribute if it is the only one.
    /// </summary>
    /// <remarks>A file that <c>network.Save</c> saved is a pipeline too, without preprocessing and labels.</remarks>
    /// <typeparam name="T">float or double, whatever the file holds.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The name; registering it again adds to its options.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The options' builder, for what depends on other services.</returns>
    /// <example><code>
    /// builder.Services.AddNeuralNetPipeline&lt;float&gt;("iris", options =&gt;
    /// {
    ///     options.Path = "iris.safetensors";
    ///     options.ReloadOnChange = true;
    /// });
    /// </code></example>
    public static OptionsBuilder<PipelineOptions<T>> AddNeuralNetPipeline<T>(
        this IServiceCollection services, string name, Action<PipelineOptions<T>> configure)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        return RegisterPipeline<T>(services, name).Configure(configure);
    }

    /// <summary>Registers a pipeline without a name; inject it as <see cref="IPipelineProvider{T}"/>.</summary>
    /// <typeparam name="T">float or double, whatever the file holds.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The options' builder, for what depends on other services.</returns>
    public static OptionsBuilder<PipelineOptions<T>> AddNeuralNetPipeline<T>(
        this IServiceCollection services, Action<PipelineOptions<T>> configure)
        where T : unmanaged, IFloatingPointIeee754<T> => services.AddNeuralNetPipeline(Options.Options.DefaultName, configure);

    /// <summary>
    /// Registers a pipeline under a name, with options from a configuration section: <c>Path</c>, <c>ReloadOnChange</c>,
    /// <c>PollInterval</c>, <c>InputSize</c>, <c>OutputSize</c>, <c>AllowShapeChange</c>. An entry that is none of these is an
    /// error at start-up.
    /// </summary>
    /// <typeparam name="T">float or double, whatever the file holds.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The name; registering it again adds to its options.</param>
    /// <param name="section">The section, such as <c>builder.Configuration.GetSection("Models:Iris")</c>.</param>
    /// <returns>The options' builder, for options that no configuration can hold.</returns>
    public static OptionsBuilder<PipelineOptions<T>> AddNeuralNetPipeline<T>(
        this IServiceCollection services, string name, IConfiguration section)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(section);
        return services.AddNeuralNetPipeline<T>(name, options => ModelOptionsBinding.Bind(section, options));
    }

    /// <summary>Registers a pipeline without a name, with options from a configuration section.</summary>
    /// <typeparam name="T">float or double, whatever the file holds.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="section">The section, such as <c>builder.Configuration.GetSection("Model")</c>.</param>
    /// <returns>The options' builder, for options that no configuration can hold.</returns>
    public static OptionsBuilder<PipelineOptions<T>> AddNeuralNetPipeline<T>(this IServiceCollection services, IConfiguration section)
        where T : unmanaged, IFloatingPointIeee754<T> => services.AddNeuralNetPipeline<T>(Options.Options.DefaultName, section);

    private static OptionsBuilder<NetworkOptions<T>> RegisterNetwork<T>(IServiceCollection services, string name)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Register<INetworkProvider<T>, NetworkOptions<T>>(
            services,
            name,
            "network",
            static provider => _ = provider.Loaded,
            static (name, path, options, logger, time) => new NetworkProvider<T>(name, path, options, logger, time));

    private static OptionsBuilder<PipelineOptions<T>> RegisterPipeline<T>(IServiceCollection services, string name)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Register<IPipelineProvider<T>, PipelineOptions<T>>(
            services,
            name,
            "pipeline",
            static provider => _ = provider.Loaded,
            static (name, path, options, logger, time) => new PipelineProvider<T>(name, path, options, logger, time));

    private static OptionsBuilder<TOptions> Register<TProvider, TOptions>(
        IServiceCollection services,
        string name,
        string kind,
        Action<TProvider> load,
        Func<string, string, TOptions, ILogger, TimeProvider, TProvider> make)
        where TProvider : class
        where TOptions : ModelOptions, new()
    {
        if (!services.Any(
            service => !service.IsKeyedService && service.ImplementationInstance is ModelRegistration<TProvider> one && one.Name == name))
        {
            services.AddSingleton<ModelRegistration>(new ModelRegistration<TProvider>(kind, name, load));
            services.AddKeyedSingleton(name, (provider, _) => CreateProvider(provider, name, make));
        }

        services.TryAddSingleton(ModelRegistration<TProvider>.ProviderWithoutName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, ModelOptionsValidation<TOptions>>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ModelStartup>());
        return services.AddOptions<TOptions>(name);
    }

    private static TProvider CreateProvider<TProvider, TOptions>(
        IServiceProvider services, string name, Func<string, string, TOptions, ILogger, TimeProvider, TProvider> make)
        where TOptions : ModelOptions, new()
    {
        TOptions options = services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);
        string root = services.GetService<IHostEnvironment>()?.ContentRootPath ?? Environment.CurrentDirectory;
        ILoggerFactory loggers = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        return make(
            name,
            Path.GetFullPath(options.Path!, Path.GetFullPath(root)),
            options,
            loggers.CreateLogger(ModelLog.Category),
            services.GetService<TimeProvider>() ?? TimeProvider.System);
    }
}

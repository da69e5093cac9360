using System.Numerics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NeuralNet.Extensions.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers networks with a host's services.</summary>
public static class NeuralNetServiceCollectionExtensions
{
    /// <summary>
    /// Registers a network under a name. The host loads it at start-up, and does not start if the file is bad; inject it as
    /// <c>[FromKeyedServices("name")] INetworkProvider&lt;T&gt;</c>, or without the attribute if it is the only one.
    /// </summary>
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
        return Register<T>(services, name).Configure(configure);
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
        return services.AddNeuralNet<T>(name, options => NetworkOptionsBinding.Bind(section, options));
    }

    /// <summary>Registers a network without a name, with options from a configuration section.</summary>
    /// <typeparam name="T">float or double, whatever the file holds.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="section">The section, such as <c>builder.Configuration.GetSection("Model")</c>.</param>
    /// <returns>The options' builder, for options that no configuration can hold.</returns>
    public static OptionsBuilder<NetworkOptions<T>> AddNeuralNet<T>(this IServiceCollection services, IConfiguration section)
        where T : unmanaged, IFloatingPointIeee754<T> => services.AddNeuralNet<T>(Options.Options.DefaultName, section);

    private static OptionsBuilder<NetworkOptions<T>> Register<T>(IServiceCollection services, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!services.Any(
            service => !service.IsKeyedService && service.ImplementationInstance is NetworkRegistration<T> one && one.Name == name))
        {
            services.AddSingleton(new NetworkRegistration<T>(name));
            services.AddKeyedSingleton<INetworkProvider<T>>(name, (provider, _) => CreateProvider<T>(provider, name));
        }

        services.TryAddSingleton(NetworkRegistration<T>.ProviderWithoutName);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<NetworkOptions<T>>, NetworkOptionsValidation<T>>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, NetworkStartup<T>>());
        return services.AddOptions<NetworkOptions<T>>(name);
    }

    private static NetworkProvider<T> CreateProvider<T>(IServiceProvider services, string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NetworkOptions<T> options = services.GetRequiredService<IOptionsMonitor<NetworkOptions<T>>>().Get(name);
        string root = services.GetService<IHostEnvironment>()?.ContentRootPath ?? Environment.CurrentDirectory;
        ILoggerFactory loggers = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        return new(
            name,
            Path.GetFullPath(options.Path!, Path.GetFullPath(root)),
            options,
            loggers.CreateLogger(NetworkLog.Category),
            services.GetService<TimeProvider>() ?? TimeProvider.System);
    }
}

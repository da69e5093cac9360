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
    /// Registers a model under a name. The host loads it at start-up, and does not start if the file is bad. Inject it
    /// as <c>[FromKeyedServices("name")] IModelProvider&lt;TModel&gt;</c>, or without the attribute if it is the only
    /// one of its type.
    /// </summary>
    /// <remarks>
    /// A file that <c>network.Save</c> saved can be loaded as a pipeline, too, without preprocessing and labels; one
    /// that <c>pipeline.Save</c> saved only as a pipeline. The numbers of the file are converted to those of the type.
    /// </remarks>
    /// <typeparam name="TModel">A network or a pipeline, of float or double.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The name; registering it again adds to its options.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder of the options, for those that depend on other services.</returns>
    /// <exception cref="NotSupportedException"><typeparamref name="TModel"/> is something else.</exception>
    /// <example><code>
    /// builder.Services.AddNeuralNetModel&lt;Network&lt;float&gt;&gt;("digits", options =&gt;
    /// {
    ///     options.Path = "digits.safetensors";
    ///     options.ReloadOnChange = true;
    /// });
    /// </code></example>
    public static OptionsBuilder<ModelOptions<TModel>> AddNeuralNetModel<TModel>(
        this IServiceCollection services, string name, Action<ModelOptions<TModel>> configure)
        where TModel : class
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        return Register<TModel>(services, name).Configure(configure);
    }

    /// <summary>Registers a model without a name; inject it as <see cref="IModelProvider{TModel}"/>.</summary>
    /// <typeparam name="TModel">A network or a pipeline, of float or double.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The builder of the options, for those that depend on other services.</returns>
    /// <exception cref="NotSupportedException"><typeparamref name="TModel"/> is something else.</exception>
    public static OptionsBuilder<ModelOptions<TModel>> AddNeuralNetModel<TModel>(
        this IServiceCollection services, Action<ModelOptions<TModel>> configure)
        where TModel : class => services.AddNeuralNetModel(Options.Options.DefaultName, configure);

    /// <summary>
    /// Registers a model under a name, with options from a configuration section: <c>Path</c>, <c>ReloadOnChange</c>,
    /// <c>PollInterval</c>, <c>InputSize</c>, <c>OutputSize</c>, <c>AllowShapeChange</c>. Any other entry is an error
    /// at start-up.
    /// </summary>
    /// <typeparam name="TModel">A network or a pipeline, of float or double.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="name">The name; registering it again adds to its options.</param>
    /// <param name="section">The section, such as <c>builder.Configuration.GetSection("Models:Digits")</c>.</param>
    /// <returns>The builder of the options, for those that a configuration cannot hold.</returns>
    /// <exception cref="NotSupportedException"><typeparamref name="TModel"/> is something else.</exception>
    public static OptionsBuilder<ModelOptions<TModel>> AddNeuralNetModel<TModel>(
        this IServiceCollection services, string name, IConfiguration section)
        where TModel : class
    {
        ArgumentNullException.ThrowIfNull(section);
        return services.AddNeuralNetModel<TModel>(name, options => ModelOptionsBinding.Bind(section, options));
    }

    /// <summary>Registers a model without a name, with options from a configuration section.</summary>
    /// <typeparam name="TModel">A network or a pipeline, of float or double.</typeparam>
    /// <param name="services">The services.</param>
    /// <param name="section">The section, such as <c>builder.Configuration.GetSection("Model")</c>.</param>
    /// <returns>The builder of the options, for those that a configuration cannot hold.</returns>
    /// <exception cref="NotSupportedException"><typeparamref name="TModel"/> is something else.</exception>
    public static OptionsBuilder<ModelOptions<TModel>> AddNeuralNetModel<TModel>(
        this IServiceCollection services, IConfiguration section)
        where TModel : class => services.AddNeuralNetModel<TModel>(Options.Options.DefaultName, section);

    private static OptionsBuilder<ModelOptions<TModel>> Register<TModel>(IServiceCollection services, string name)
        where TModel : class
    {
        // Refuses another type here, where the mistake is, and not when the host starts.
        _ = ModelType.Of<TModel>();
        if (!services.Any(service => IsRegistration<TModel>(service, name)))
        {
            services.AddSingleton<ModelRegistration>(new ModelRegistration<TModel>(name));
            services.AddKeyedSingleton<IModelProvider<TModel>>(
                name, (provider, _) => CreateProvider<TModel>(provider, name));
        }

        services.TryAddSingleton(ModelRegistration<TModel>.ProviderWithoutName);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<ModelOptions<TModel>>, ModelOptionsValidation<TModel>>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ModelStartup>());
        return services.AddOptions<ModelOptions<TModel>>(name);
    }

    private static bool IsRegistration<TModel>(ServiceDescriptor service, string name)
        where TModel : class =>
        !service.IsKeyedService && service.ImplementationInstance is ModelRegistration<TModel> one && one.Name == name;

    private static ModelProvider<TModel> CreateProvider<TModel>(IServiceProvider services, string name)
        where TModel : class
    {
        ModelOptions<TModel> options = services.GetRequiredService<IOptionsMonitor<ModelOptions<TModel>>>().Get(name);
        string root = services.GetService<IHostEnvironment>()?.ContentRootPath ?? Environment.CurrentDirectory;
        ILoggerFactory loggers = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        return new(
            name,
            Path.GetFullPath(options.Path!, Path.GetFullPath(root)),
            options,
            loggers.CreateLogger(ModelLog.Category),
            services.GetService<TimeProvider>() ?? TimeProvider.System);
    }
}

using Microsoft.Extensions.DependencyInjection;
using NeuralNet.Guards;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>The registration of a model of a type under a name.</summary>
/// <param name="name">The name; empty if there is none.</param>
internal sealed class ModelRegistration<TModel>(string name) : ModelRegistration(name)
    where TModel : class
{
    /// <summary>
    /// Finds the model to inject if no name is given: the model without a name, or the only one there is.
    /// </summary>
    public static IModelProvider<TModel> ProviderWithoutName(IServiceProvider services)
    {
        string[] names =
            [.. services.GetServices<ModelRegistration>().OfType<ModelRegistration<TModel>>().Select(one => one.Name)];
        string? name = names.Length == 1 ? names[0] : names.FirstOrDefault(one => one.Length == 0);
        return name is not null
            ? services.GetRequiredKeyedService<IModelProvider<TModel>>(name)
            : throw new InvalidOperationException(
                $"There are {names.Length} {ModelType.Of<TModel>().Name}s, "
                + $"{MessageText.Listed(names.Select(MessageText.Quoted))}; say which is meant: "
                + $"[FromKeyedServices(\"{MessageText.Shortened(names[0])}\")].");
    }

    public override void Load(IServiceProvider services) =>
        _ = services.GetRequiredKeyedService<IModelProvider<TModel>>(Name).Loaded;
}

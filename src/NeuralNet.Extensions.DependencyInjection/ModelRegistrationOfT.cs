using Microsoft.Extensions.DependencyInjection;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>That a model was registered, what provides it, and under which name.</summary>
/// <param name="kind">What it is, as <see cref="ModelOptions.Kind"/> has it.</param>
/// <param name="name">The name; empty if it has none.</param>
/// <param name="load">Loads the model of a provider, unless it is loaded.</param>
internal sealed class ModelRegistration<TProvider>(string kind, string name, Action<TProvider> load) : ModelRegistration(name)
    where TProvider : class
{
    private readonly string _kind = kind;

    /// <summary>Who asks without a name means the model without a name, or the only one there is.</summary>
    public static TProvider ProviderWithoutName(IServiceProvider services)
    {
        ModelRegistration<TProvider>[] all = [.. services.GetServices<ModelRegistration>().OfType<ModelRegistration<TProvider>>()];
        string[] names = [.. all.Select(one => one.Name)];
        string? name = names.Length == 1 ? names[0] : names.FirstOrDefault(one => one.Length == 0);
        return name is not null
            ? services.GetRequiredKeyedService<TProvider>(name)
            : throw new InvalidOperationException(
                $"There are {names.Length} {all[0]._kind}s, {string.Join(", ", names.Select(one => $"'{one}'"))}; say which is "
                + $"meant: [FromKeyedServices(\"{names[0]}\")].");
    }

    public override void Load(IServiceProvider services) => load(services.GetRequiredKeyedService<TProvider>(Name));
}

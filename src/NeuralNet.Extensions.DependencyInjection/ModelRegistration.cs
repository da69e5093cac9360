namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>The registration of a model under a name; a container has one per model.</summary>
internal abstract class ModelRegistration(string name)
{
    /// <summary>The name; empty if there is none.</summary>
    public string Name { get; } = name;

    /// <summary>Loads the model, unless it is loaded.</summary>
    public abstract void Load(IServiceProvider services);
}

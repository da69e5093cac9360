namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>That a model was registered, and under which name; a container has one per model.</summary>
internal abstract class ModelRegistration(string name)
{
    public string Name { get; } = name;

    /// <summary>Loads the model, unless it is loaded.</summary>
    public abstract void Load(IServiceProvider services);
}

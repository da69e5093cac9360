using NeuralNet.Guards;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>A type of model that can be registered.</summary>
/// <param name="Name">The name of the type in messages, such as network.</param>
/// <param name="Load">Reads a model of the type from the stream of a file of a name.</param>
/// <param name="Describe">Describes a model of the type.</param>
/// <param name="FindNonFinite">Describes a parameter that is not finite; null if all are.</param>
internal sealed record ModelType<TModel>(
    string Name,
    Func<Stream, string, TModel> Load,
    Func<TModel, ModelDescription> Describe,
    Func<TModel, string?> FindNonFinite)
    where TModel : class
{
    /// <summary>The name of the type, as a sentence begins.</summary>
    public string CapitalizedName => string.Concat(Name[..1].ToUpperInvariant(), Name.AsSpan(1));

    /// <summary>Refuses a model that predicts nothing, however it was loaded.</summary>
    /// <exception cref="InvalidDataException">A parameter is not finite.</exception>
    public void RequireFinite(TModel model)
    {
        if (FindNonFinite(model) is { } element)
        {
            throw new InvalidDataException($"it predicts nothing: {element}. Mostly its training has diverged");
        }
    }

    /// <summary>The type and the name of a model, as a sentence begins.</summary>
    public string Title(string modelName) =>
        modelName.Length == 0 ? $"The {Name}" : $"The {Name} {MessageText.Quoted(modelName)}";
}

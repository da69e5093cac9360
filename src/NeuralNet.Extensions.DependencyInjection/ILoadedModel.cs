namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>A model, and which of the files that came one after the other it is from.</summary>
internal interface ILoadedModel<out TModel>
{
    TModel Model { get; }

    long Version { get; }
}

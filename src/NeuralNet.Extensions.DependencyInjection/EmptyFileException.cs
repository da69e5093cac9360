namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>Tells that a file has no length: a writer may just have emptied it, or it is no file at all.</summary>
internal sealed class EmptyFileException()
    : IOException("it is empty, or no file but a pipe, a device or a socket");

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>The outcome of a look at a file: whether it is to be read.</summary>
internal enum FileNews
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>The model in use came from this file.</summary>
    InUse,

    /// <summary>It is another file, which is to be read now.</summary>
    ToRead,
}

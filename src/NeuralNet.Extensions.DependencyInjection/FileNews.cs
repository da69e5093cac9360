namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>What a look at a file calls for.</summary>
internal enum FileNews
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>The model in use came from this file.</summary>
    InUse,

    /// <summary>It is another file, which is to be read now.</summary>
    ToRead,
}

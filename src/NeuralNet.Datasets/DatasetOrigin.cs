namespace NeuralNet.Datasets;

/// <summary>The origin of the samples of a data set.</summary>
public enum DatasetOrigin
{
    /// <summary>A folder that the program or an environment variable named.</summary>
    Folder,

    /// <summary>The cache folder, into which an earlier run downloaded them.</summary>
    Cache,

    /// <summary>A download into the cache folder by this run.</summary>
    Download,

    /// <summary>They lie within this package.</summary>
    Package,

    /// <summary>They were made up in place of the real ones, and say nothing about those.</summary>
    Generated,
}

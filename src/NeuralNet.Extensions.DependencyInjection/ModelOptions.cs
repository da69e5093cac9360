namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>Where a model comes from, and what may take its place: what networks and pipelines have in common.</summary>
public abstract class ModelOptions
{
    private protected ModelOptions()
    {
    }

    /// <summary>
    /// The model file, as <c>network.Save(path)</c> or <c>pipeline.Save(path)</c> writes it. A relative path starts at the
    /// host's content root; without a host, at the current directory.
    /// </summary>
    public string? Path { get; set; }

    /// <summary>
    /// Whether a new file under the same path takes the place of the model that is loaded, while the program runs; false
    /// unless set. The new model is loaded beside the old one, so for a moment there is memory for both.
    /// </summary>
    public bool ReloadOnChange { get; set; }

    /// <summary>
    /// How often is looked whether the file has changed, with <see cref="ReloadOnChange"/>; every second unless set. A file
    /// is read when it was found the same twice, so that one that is still being written is left alone.
    /// </summary>
    /// <remarks>
    /// What is looked at are length, time and both ends of the file that the path leads to in the end, not notices of the
    /// operating system: those do not come from network drives and some container volumes, and are limited in number. So a
    /// file may be renamed into its place, as <c>Save</c> does, or be behind symbolic links that change, as in a ConfigMap of
    /// Kubernetes.
    /// </remarks>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many inputs a model must have, raw features of a pipeline; any number if null.</summary>
    public int? InputSize { get; set; }

    /// <summary>How many outputs a model must have; any number if null.</summary>
    public int? OutputSize { get; set; }

    /// <summary>
    /// Whether a new file may have another number of inputs or outputs than the model in use; false unless set, for
    /// those who predict have arrays of that size. Of a pipeline, whether it may lack labels or a transform that the one in
    /// use has: a network saved alone, which is a pipeline too, would else be given raw features.
    /// </summary>
    public bool AllowShapeChange { get; set; }

    /// <summary>What a model is called in messages: network or pipeline.</summary>
    internal abstract string Kind { get; }

    /// <summary>How a model of a name is called in messages.</summary>
    internal string Shown(string name) => name.Length == 0 ? $"The {Kind}" : $"The {Kind} '{name}'";
}

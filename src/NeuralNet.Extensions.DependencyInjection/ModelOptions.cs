namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>The file of a model, how it is read, and which newer files may replace it.</summary>
/// <typeparam name="TModel">A network or a pipeline, of float or double.</typeparam>
public sealed class ModelOptions<TModel>
    where TModel : class
{
    /// <summary>
    /// The model file, as <c>network.Save(path)</c> or <c>pipeline.Save(path)</c> writes it. A relative path starts at
    /// the host's content root; without a host, at the current directory.
    /// </summary>
    public string? Path { get; set; }

    /// <summary>
    /// Whether a new file under the same path replaces the loaded model while the program runs; false by default. The
    /// new model is loaded beside the old one, so for a moment both are in memory.
    /// </summary>
    public bool ReloadOnChange { get; set; }

    /// <summary>
    /// The time from one check of the file to the next, with <see cref="ReloadOnChange"/>; a second by default, a day
    /// at most. A new file is read once two checks in a row have found it the same, so that one that is still being
    /// written is left alone; one that is replaced more often is read at every fifth check.
    /// </summary>
    /// <remarks>
    /// <para>
    /// A file that was refused for its contents is not read again before it changes. One that could not be read, for
    /// want of memory or because a drive failed, is tried again after 1, 2, 4 and so on up to 256 intervals.
    /// </para>
    /// <para>
    /// A look compares the length, the time and both ends of the file that the path leads to in the end. It does not
    /// wait for notices of the operating system: those do not come from network drives and some container volumes, and
    /// are limited in number. So a file may be renamed into its place, as <c>Save</c> does, or be behind symbolic links
    /// that change, as in a ConfigMap of Kubernetes.
    /// </para>
    /// </remarks>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest time that a load may take, with <see cref="Check"/>; 5 minutes by default, a day at most. A load
    /// that takes longer is given up: the file counts as one that cannot be read, and the model in use stays.
    /// </summary>
    /// <remarks>
    /// Nothing can end a <see cref="Load"/> or <see cref="Check"/> that never returns; its thread remains until the
    /// program ends, and what it gives is ignored. While four of them remain, no other load begins.
    /// </remarks>
    public TimeSpan LoadTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The number of inputs that a model must have, which for a pipeline are raw features; any number if null.
    /// </summary>
    public int? InputSize { get; set; }

    /// <summary>The number of outputs that a model must have; any number if null.</summary>
    public int? OutputSize { get; set; }

    /// <summary>
    /// Whether a new file may have other numbers of inputs or outputs than the model in use, or lack labels or a
    /// transform that the pipeline in use has; false by default.
    /// </summary>
    /// <remarks>
    /// The callers of a model have arrays of its sizes. A network that was saved alone is a pipeline, too; in the place
    /// of one with a transform, it would be given features that nothing has transformed.
    /// </remarks>
    public bool AllowShapeChange { get; set; }

    /// <summary>
    /// Reads a model from the stream of the file; if null, <c>Network.Load</c> or <c>Pipeline.Load</c> with the layers,
    /// activations and transforms of the library. Set it for kinds of your own,
    /// <c>stream =&gt; Network.Load(stream, kinds)</c>, or for a file of parameters alone.
    /// </summary>
    public Func<Stream, TModel>? Load { get; set; }

    /// <summary>
    /// Checks each model before it is used, such as by a prediction with a known result; if it throws, the file is
    /// refused. No check if null.
    /// </summary>
    /// <remarks>
    /// It must use the model that it is given: to load from within, by <see cref="IModelProvider{TModel}.Reload"/> or
    /// by <see cref="IModelProvider{TModel}.Current"/> before the first model is there, is refused.
    /// </remarks>
    public Action<TModel>? Check { get; set; }
}

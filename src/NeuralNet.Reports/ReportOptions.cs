using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Decisions;

namespace NeuralNet.Reports;

/// <summary>What a report of a training run shows besides its curves.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class ReportOptions<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(3);
    private readonly TimeSpan? _fileRefresh = TimeSpan.FromSeconds(5);

    /// <summary>The heading; "Training run" if null.</summary>
    public string? Title { get; init; }

    /// <summary>
    /// The samples that the trained network is tried on at the end: for classes with a confusion matrix and the surest
    /// mistakes, for numbers with the errors. The validation data if null.
    /// </summary>
    public DataSet<T>? Data { get; init; }

    /// <summary>What the report calls these samples, such as "test"; "validation" if null.</summary>
    public string? DataName { get; init; }

    /// <summary>
    /// The names of the classes, labels or numbers that the network gives; they are numbered from 0 if null.
    /// </summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>
    /// What several outputs mean, classes or labels; as the last layer and the loss say if null. To be told for a
    /// classifier with a loss of numbers, such as the squared error.
    /// </summary>
    public OutputMeaning? Meaning { get; init; }

    /// <summary>
    /// Makes a picture of a sample, from its index in the data and its input: a text, the bytes of an image file, or
    /// <see cref="SamplePicture.FromPixels{TNumber}"/>; null for none. Unless set, inputs of the shape of an image are
    /// shown as one.
    /// </summary>
    public Func<int, ReadOnlySpan<T>, SamplePicture?>? Picture { get; init; }

    /// <summary>
    /// Settings to list before those that the run tells itself, such as where the data come from; one of the same name
    /// takes the place of the run's own.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>
    /// The command line to show; that of the process unless set, and none if null. Set it where secrets stand there.
    /// </summary>
    public string? CommandLine { get; init; } = Environment.CommandLine;

    /// <summary>
    /// The least time between two updates of the page while training goes on, but for those after the first epoch and
    /// at the end; 3 s unless set. Zero updates it after every batch.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative value.</exception>
    public TimeSpan Interval
    {
        get => _interval;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, nameof(Interval));
            _interval = value;
        }
    }

    /// <summary>
    /// The time after which a browser that shows the file loads it again while training goes on; 5 s unless set, and
    /// never if null.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than a second.</exception>
    public TimeSpan? FileRefresh
    {
        get => _fileRefresh;
        init
        {
            if (value is { } time)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.FromSeconds(1), nameof(FileRefresh));
            }

            _fileRefresh = value;
        }
    }

    /// <summary>The clock; the system's unless set.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

using System.Numerics;
using NeuralNet.Evaluation;
using NeuralNet.Reports.Examining;
using NeuralNet.Training;

namespace NeuralNet.Reports.Recording;

/// <summary>Records a run; what it has recorded can be read on any thread.</summary>
internal sealed class RunRecorder<T>(ReportOptions<T> options)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Lock _gate = new();
    private CurveRecorder _curves = new();
    private RunData _data = new()
    {
        Title = options.Title ?? "Training run",
        Status = "Waiting for the run to begin",
        IsRunning = true,
        Curves = new([], []),
        Written = options.Clock.GetUtcNow(),
    };

    private int? _partial;
    private LayerWatch<T>? _layers;

    /// <summary>What watches the layers of the run.</summary>
    public LayerWatch<T> Layers => _layers!;

    /// <summary>Whether the run goes on.</summary>
    public bool IsRunning => _data.IsRunning;

    /// <summary>The run as it was when it was captured last.</summary>
    public RunData Current
    {
        get
        {
            lock (_gate)
            {
                return _data with { Curves = _curves.ToCurves(), PartialEpoch = _partial };
            }
        }
    }

    /// <summary>Begins a run, or the rest of a resumed one.</summary>
    /// <param name="context">The run.</param>
    /// <param name="before">What the page says of the run before it was interrupted; null if there is none.</param>
    public void Start(TrainingContext<T> context, RunJson? before)
    {
        var curves = new CurveRecorder();
        var earlier = before is null ? null : new EarlierFigures(before);
        foreach (EpochResult result in context.Results)
        {
            curves.Add(result);
            earlier?.AddTo(curves, result);
        }

        _layers = new(context.Network);
        lock (_gate)
        {
            _curves = curves;
            _partial = null;
            _data = _data with
            {
                Network = RunSettings.Describe(context.Network),
                Summary = context.Network.ToString(),
                Settings = RunSettings.Of(context, options.Settings, options.CommandLine),
                Examined = null,
                IsRunning = true,
            };
        }
    }

    /// <summary>Takes in an epoch, with figures of further data.</summary>
    public void Add(
        TrainingContext<T> context, EpochResult result, IReadOnlyDictionary<string, EvaluationResult> evaluations)
    {
        lock (_gate)
        {
            Withdraw();
            _curves.Add(result);
            foreach ((string data, EvaluationResult evaluation) in evaluations)
            {
                _curves.Set(data, evaluation);
            }

            Layers.Report(_curves);
            _partial = result.IsComplete ? null : result.Epoch;
        }

        Capture(context);
    }

    /// <summary>Takes in what the epoch at hand has given so far, until it is over.</summary>
    public void CaptureProgress(TrainingContext<T> context)
    {
        lock (_gate)
        {
            Withdraw();
            _curves.Begin(context.Epoch);
            _curves.Set(FigureName.Training, context.Loss, context.Metrics);
            _curves.Set(new(FigureKind.LearningRate, "", FigureName.Training), context.LearningRate);
            _partial = context.Epoch;
        }
    }

    /// <summary>Takes in how far the run is.</summary>
    public void Capture(TrainingContext<T> context)
    {
        lock (_gate)
        {
            bool isOver = context.Outcome is not null;
            _data = _data with
            {
                Status = isOver ? _data.Status : RunStatus.Running(context),
                Progress = isOver ? null : RunStatus.Progress(context),
                Duration = context.Elapsed,
                Written = options.Clock.GetUtcNow(),
                Warnings = [.. context.Warnings.Select(warning => warning.Message)],
            };
        }
    }

    /// <summary>Ends the run, and looks at what the network has learned.</summary>
    public void Finish(TrainingContext<T> context, Exception? exception)
    {
        // The parameters of a run that diverged may be none.
        ExaminedData? examined = exception is null && (options.Data ?? context.Validation) is { } data
            ? Examination.Run(context, data, options)
            : null;
        lock (_gate)
        {
            _data = _data with
            {
                Status = RunStatus.Ended(context, exception),
                IsRunning = false,
                Examined = examined,
            };
        }
    }

    private void Withdraw()
    {
        if (_partial is { } partial)
        {
            _curves.Withdraw(partial);
            _partial = null;
        }
    }
}

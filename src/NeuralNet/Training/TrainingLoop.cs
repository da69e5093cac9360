using System.Diagnostics;
using System.Numerics;
using NeuralNet.Batches;
using NeuralNet.Data;
using NeuralNet.Diagnostics;
using NeuralNet.Evaluation;
using NeuralNet.Randomness;

namespace NeuralNet.Training;

/// <summary>One call of Fit: epochs of batches, each a loss, gradients and, after as many as make a step, an update.</summary>
internal sealed class TrainingLoop<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Trainer<T> _trainer;
    private readonly IBatchReader<T> _reader;
    private readonly DataSet<T>? _validation;
    private readonly FitOptions<T> _options;
    private readonly long? _totalSteps;
    private readonly TrainingRun _run;
    private readonly TrainingContext<T> _context;
    private readonly ITrainingCallback<T>[] _callbacks;
    private readonly Lazy<IReadOnlyDictionary<string, string>> _settings;
    private readonly List<TrainingWarning> _warnings = [];
    private FirstEpochCheck<T>? _check;
    private long _nextReport;
    private (int Epoch, int Batch) _reported;

    public TrainingLoop(Trainer<T> trainer, IBatchReader<T> reader, DataSet<T>? validation, FitOptions<T> options)
    {
        if (validation is not null)
        {
            DataCheck.Require(trainer.Network, validation);
        }

        _trainer = trainer;
        _reader = reader;
        _validation = validation;
        _options = options;
        _totalSteps = StepsOf(reader, options);
        if (options.Schedule is not null && _totalSteps is null)
        {
            throw new ArgumentException(
                "A schedule needs to know how many steps there will be: set Steps, or tell the source its batches per epoch.",
                nameof(options));
        }

        _run = new(options.Epochs, _totalSteps, reader.BatchesPerEpoch, reader.SamplesPerEpoch, options.Metrics);
        _context = new(trainer, this, _run, options, validation is not null);
        _callbacks = [.. options.Callbacks.OrderBy(callback => callback is IRunsLast)];
        _settings = new(() => RunSettings.Of(trainer, reader, options, _totalSteps));
    }

    private bool HasMadeAllSteps => _options.Steps is { } steps && _run.Steps >= steps;

    public TrainingHistory Run(CancellationToken cancellationToken)
    {
        using Activity? activity = TrainingTelemetry.Start("fit");
        activity?.SetTag("neuralnet.network.parameters", _trainer.Network.ParameterCount)
            .SetTag("neuralnet.network.layers", _trainer.Network.Layers.Count)
            .SetTag("neuralnet.objective", _trainer.Loss.Name)
            .SetTag("neuralnet.optimizer", _trainer.Optimizer.GetType().Name)
            .SetTag("neuralnet.seed", _trainer.Seed)
            .SetTag("neuralnet.epochs", _options.Epochs);
        try
        {
            TrainingHistory history = RunEpochs(cancellationToken);
            activity?.SetTag("neuralnet.epochs.done", history.Epochs.Count)
                .SetTag("neuralnet.cancelled", history.WasCancelled)
                .SetTag("neuralnet.stop_reason", history.StopReason);
            return history;
        }
        catch (Exception exception)
        {
            TrainingTelemetry.Fail(activity, exception);
            throw;
        }
    }

    private TrainingHistory RunEpochs(CancellationToken cancellationToken)
    {
        _trainer.DiscardPending();
        RunState<T>? interrupted = _trainer.TakeInterruptedRun();
        if (interrupted is not null)
        {
            RunSettings.RequireSame(interrupted.Settings, _settings.Value);
            _run.Restore(interrupted.Position);
            _context.Restore(interrupted.StopReason);
        }
        else if (_options.CheckFirstEpoch)
        {
            _check = new(_trainer.Engine, checksLoss: _trainer.StepCount == 0);
        }

        foreach (ITrainingCallback<T> callback in _callbacks)
        {
            callback.OnTrainingStart(_context);
        }

        RestoreCallbacks(interrupted);
        if (_run.IsWithinEpoch && !IsOver(cancellationToken))
        {
            RunEpoch(cancellationToken);
        }

        while (_run.Epoch < _options.Epochs && !IsOver(cancellationToken))
        {
            RunEpoch(cancellationToken);
        }

        bool wasCancelled = cancellationToken.IsCancellationRequested && !IsFinished();
        foreach (ITrainingCallback<T> callback in _callbacks)
        {
            callback.OnTrainingEnd(_context);
        }

        if (wasCancelled && _options.ThrowWhenCancelled)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        return new(_run.Results, wasCancelled, _run.Elapsed) { StopReason = _context.StopReason, Warnings = _warnings };
    }

    /// <summary>Refuses a run whose settings cannot be described for a checkpoint.</summary>
    /// <exception cref="InvalidOperationException">A strategy is not registered.</exception>
    public void RequireDescribed() => _ = _settings.Value;

    /// <summary>All that the run needs to go on from its last step, beside the state of the trainer.</summary>
    public RunState<T> Capture() =>
        new(
            _settings.Value,
            _run.Capture(),
            _context.StopReason,
            [.. Resumable().Select(callback => KeyValuePair.Create(callback.Key, callback.SaveState()))]);

    private IEnumerable<IResumableCallback<T>> Resumable() => _callbacks.OfType<IResumableCallback<T>>();

    private void RestoreCallbacks(RunState<T>? interrupted)
    {
        if (interrupted is not null)
        {
            // The settings are the same, so there are as many states as callbacks, and in the same order.
            foreach ((IResumableCallback<T> callback, KeyValuePair<string, CallbackState<T>> state) in
                Resumable().Zip(interrupted.Callbacks))
            {
                callback.RestoreState(state.Value);
            }
        }
    }

    private bool IsOver(CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested || _context.StopReason is not null || HasMadeAllSteps;

    /// <summary>Whether everything asked for was done, the last validation included.</summary>
    private bool IsFinished()
    {
        if (_context.StopReason is not null)
        {
            return true;
        }

        bool isTrained = HasMadeAllSteps || (_run.Results.Count == _options.Epochs && _run.Results[^1].IsComplete);
        return isTrained && (_validation is null || _run.Results[^1].Validation is not null);
    }

    private void RunEpoch(CancellationToken cancellationToken)
    {
        using Activity? activity = TrainingTelemetry.Start("epoch");
        try
        {
            TrainingTelemetry.RecordEpoch(TrainEpoch(cancellationToken), activity);
        }
        catch (Exception exception)
        {
            TrainingTelemetry.Fail(activity, exception);
            throw;
        }
    }

    private EpochResult TrainEpoch(CancellationToken cancellationToken)
    {
        if (_run.IsWithinEpoch)
        {
            _run.ContinueEpoch();
            _reader.StartEpoch(_trainer.EpochsBegun - 1, skip: _run.Batch);
        }
        else
        {
            _run.StartEpoch();
            _reader.StartEpoch(_trainer.BeginEpoch(), skip: 0);
        }

        foreach (ITrainingCallback<T> callback in _callbacks)
        {
            callback.OnEpochStart(_context);
        }

        bool isComplete = RunBatches(cancellationToken);
        EpochResult result = _run.EndEpoch(isComplete);
        if (_check is { } check && !cancellationToken.IsCancellationRequested)
        {
            Warn(check.Finish(_run.Steps));
        }

        _check = null;
        bool isOver = isComplete;
        if (IsTimeToValidate(isComplete))
        {
            // An epoch whose validation was cancelled is not over: resumed, it goes on with that.
            result = result with { Validation = Validate(cancellationToken) };
            isOver &= result.Validation is not null;
        }

        if (isOver)
        {
            _trainer.CompleteEpoch();
        }

        _run.Add(result, isOver);
        foreach (ITrainingCallback<T> callback in _callbacks)
        {
            callback.OnEpochEnd(_context, result);
        }

        return result;
    }

    /// <summary>Trains on the batches of an epoch; false if it was ended before the last one.</summary>
    private bool RunBatches(CancellationToken cancellationToken)
    {
        bool isComplete;
        while (!(isComplete = _run.Batch == _run.Batches) && !IsOver(cancellationToken))
        {
            if (Read(cancellationToken) is not { } batch)
            {
                isComplete = !cancellationToken.IsCancellationRequested;
                break;
            }

            RunBatch(batch);
        }

        if (isComplete && _run.Batch == 0)
        {
            throw new InvalidOperationException($"The source gave no batch in epoch {_run.Epoch}.");
        }

        if (isComplete && _trainer.PendingBatches > 0)
        {
            _trainer.Update(_run.LearningRate, _options.GradientClipping);
            CountStep();
        }

        _trainer.RequireFinite(_run.LearningRate, _run.Epoch, _run.Batch);

        // Of an epoch that goes on later, the batches without a step are seen again.
        _trainer.DiscardPending();

        Report(isLast: true);
        return isComplete;
    }

    private void RunBatch(BatchBuffer<T> batch)
    {
        _run.StartBatch();
        foreach (ITrainingCallback<T> callback in _callbacks)
        {
            callback.OnBatchStart(_context);
        }

        double learningRate = _trainer.Optimizer.LearningRate
            * _trainer.LearningRateFactor
            * (_options.Schedule?.Factor(_run.Steps, _totalSteps!.Value) ?? 1);
        RandomStream draw = _check is null ? default : _trainer.NextDraw;
        double loss = _trainer.Accumulate(
            batch.Inputs, batch.Targets, batch.Weights, _options.AccumulationSteps == 1, _run.Epoch, _run.Batch);
        if (_check is { } check)
        {
            Warn(check.Add(batch.Inputs, batch.Targets, batch.Weights, draw));
        }

        if (_trainer.PendingBatches == _options.AccumulationSteps)
        {
            _trainer.Update(learningRate, _options.GradientClipping);
        }

        _run.EndBatch<T>(loss, learningRate, _trainer.Outputs, batch.Targets);
        if (TrainingTelemetry.ListensToBatches)
        {
            TrainingTelemetry.RecordBatch(batch.Count, loss, learningRate);
        }

        if (_trainer.PendingBatches == 0)
        {
            CountStep();
        }

        foreach (ITrainingCallback<T> callback in _callbacks)
        {
            callback.OnBatchEnd(_context);
        }

        Report(isLast: false);
    }

    private void CountStep()
    {
        _run.CountStep();
        TrainingTelemetry.CountStep();
    }

    private void Warn(IReadOnlyList<TrainingWarning> warnings)
    {
        foreach (TrainingWarning warning in warnings)
        {
            _warnings.Add(warning);
            TrainingTelemetry.RecordWarning(warning);
            foreach (ITrainingCallback<T> callback in _callbacks)
            {
                callback.OnWarning(_context, warning);
            }
        }
    }

    private BatchBuffer<T>? Read(CancellationToken cancellationToken)
    {
        try
        {
            return _reader.Read(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private void Report(bool isLast)
    {
        if (_options.Progress is null || (_run.Epoch, _run.Batch) == _reported)
        {
            return;
        }

        long now = Stopwatch.GetTimestamp();
        if (isLast || now >= _nextReport)
        {
            _reported = (_run.Epoch, _run.Batch);
            _nextReport = now + (long)(_options.ProgressInterval.TotalSeconds * Stopwatch.Frequency);
            _options.Progress.Report(_run.Report());
        }
    }

    private bool IsTimeToValidate(bool isComplete) =>
        _validation is not null
        && (isComplete || HasMadeAllSteps)
        && (_run.Epoch % _options.ValidationEvery == 0 || _run.Epoch == _options.Epochs || HasMadeAllSteps);

    private EvaluationResult? Validate(CancellationToken cancellationToken)
    {
        try
        {
            return _trainer.Evaluate(_validation!, _options.Metrics, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static long? StepsOf(IBatchReader<T> reader, FitOptions<T> options)
    {
        if (reader.BatchesPerEpoch is not { } batches)
        {
            return options.Steps;
        }

        long perEpoch = ((batches - 1) / options.AccumulationSteps) + 1;
        long whole = options.Epochs > long.MaxValue / perEpoch ? long.MaxValue : options.Epochs * perEpoch;
        return Math.Min(whole, options.Steps ?? long.MaxValue);
    }
}

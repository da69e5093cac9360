using System.Numerics;
using NeuralNet.Batches;
using NeuralNet.Data;
using NeuralNet.Diagnostics;
using NeuralNet.Distributed;
using NeuralNet.Evaluation;
using NeuralNet.Metrics;

namespace NeuralNet.Training;

/// <summary>One call of Fit: epochs of batches, and a step after as many batches as make one.</summary>
internal sealed class TrainingLoop<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // A source that reads ahead has a further batch by then; one that is slow is not waited for.
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(100);

    private readonly TrainingState<T> _state;
    private readonly TrainingStepper<T> _stepper;
    private readonly Evaluator<T> _evaluator;
    private readonly IBatchReader<T> _reader;
    private readonly DataSet<T>? _validation;
    private readonly FitOptions<T> _options;
    private readonly CancellationToken _cancellationToken;
    private readonly long? _totalSteps;
    private readonly TrainingRun _run;
    private readonly CallbackList<T> _callbacks;
    private readonly TrainingContext<T> _context;
    private readonly Meeting _meeting;
    private readonly WholeBatch<T>? _whole;
    private readonly Lazy<IReadOnlyDictionary<string, string>> _settings;
    private bool _hasOtherBatchCount;

    public TrainingLoop(
        TrainingState<T> state,
        TrainingStepper<T> stepper,
        Evaluator<T> evaluator,
        TrainingData<T> data,
        FitOptions<T> options,
        CancellationToken cancellationToken)
    {
        _state = state;
        _stepper = stepper;
        _evaluator = evaluator;
        _reader = data.Training;
        _validation = data.Validation;
        _options = options;
        _cancellationToken = cancellationToken;
        (_totalSteps, bool endsBySteps) = StepsOf(_reader, options);
        if (options.Schedule is not null && _totalSteps is null)
        {
            throw new ArgumentException(
                "A schedule needs to know how many steps there will be: set Steps, or tell the source its batches per "
                + "epoch.",
                nameof(options));
        }

        var outputs = OutputDescription.Of(state.Network, state.Loss);
        _run = new(
            options.Epochs,
            _totalSteps,
            endsBySteps,
            _reader.BatchesPerEpoch,
            _reader.SamplesPerEpoch,
            new RunningMetrics(options.Metrics, outputs));
        _callbacks = CallbackList<T>.For(stepper, options);
        _settings = new(() => RunSettings.Of(state, stepper.Shards, _reader, options, _totalSteps));
        _meeting = stepper.Meeting;
        _whole = _meeting.IsAlone || options.Metrics.Count == 0 ? null : new(stepper.Workers, state.Network);
        _context = new(state, _run, evaluator, options, _callbacks, _settings, Capture)
        {
            Validation = _validation,
            Stepper = stepper,
            Team = stepper.Engine.Team,
            CancellationToken = cancellationToken,
            Workers = stepper.Workers,
        };
    }

    private bool IsCancelled => _meeting.IsAlone ? _cancellationToken.IsCancellationRequested : _meeting.IsCancelled;

    private bool HasMadeAllSteps => _options.Steps is { } steps && _run.Steps >= steps;

    private bool IsOver => IsCancelled || _context.StopReason is not null || HasMadeAllSteps;

    /// <summary>Whether all epochs asked for are done, the last validation included.</summary>
    private bool IsFinished
    {
        get
        {
            if (_context.StopReason is not null)
            {
                return true;
            }

            bool isTrained =
                HasMadeAllSteps || (_run.Results.Count == _options.Epochs && _run.Results[^1].IsComplete);
            return isTrained
                && !_run.IsWithinEpoch
                && (_validation is null || _run.Results is [.., { Validation: not null }]);
        }
    }

    public TrainingHistory Run()
    {
        _stepper.DiscardPending();
        _meeting.Reset();
        InterruptedCallbacks<T>? states = Resume();
        _callbacks.Check(_context);
        using IDisposable held = _callbacks.Hold(_context);
        using ResumeGuard<T>? guard = states is null ? null : new(_state);
        try
        {
            _callbacks.OnTrainingStart(_context);
            states?.Restore(_context);
            RequireSameState(MeetingPlace.Start);
            Agree();
            RunEpochs();
            _context.Outcome =
                _context.StopReason is not null ? TrainingOutcome.Stopped
                : IsCancelled && !IsFinished ? TrainingOutcome.Cancelled
                : TrainingOutcome.Completed;
            _callbacks.OnTrainingEnd(_context);
            if (!_context.WasCancelled)
            {
                guard?.Complete();
            }

            if (!_meeting.IsAlone)
            {
                _meeting.Meet(MeetingPlace.End);
            }
        }
        catch (Exception exception)
        {
            _context.Outcome = exception switch
            {
                OperationCanceledException when IsCancelled => TrainingOutcome.Cancelled,
                TrainingDivergedException => TrainingOutcome.Diverged,
                _ => TrainingOutcome.Failed,
            };
            _callbacks.OnTrainingFailed(_context, exception);
            throw;
        }

        if (_context.WasCancelled && _options.ThrowWhenCancelled)
        {
            throw new OperationCanceledException(_cancellationToken);
        }

        return new(_run.Results, _context.WasCancelled, _run.Elapsed)
        {
            Outcome = _context.Outcome!.Value,
            StopReason = _context.StopReason,
            StoppedBy = _context.StoppedBy,
            Warnings = _context.Warnings,
        };
    }

    /// <summary>
    /// Goes to where the interrupted run was, if there is one, after all that could stand against it: refused, nothing
    /// has changed, and Fit may be called again with the right settings.
    /// </summary>
    private InterruptedCallbacks<T>? Resume()
    {
        if (_state.InterruptedRun is not { } interrupted)
        {
            return null;
        }

        var states = new InterruptedCallbacks<T>(interrupted, _callbacks.Resumable);
        RunSettings.RequireSame(interrupted, _settings.Value, states.Places);
        RequirePossible(interrupted);
        _run.Restore(interrupted.Position);
        _context.Restore(interrupted.StopReason, interrupted.StoppedBy);
        states.Restore(_context);
        return states;
    }

    /// <summary>Refuses a position that no run on these data reaches.</summary>
    private void RequirePossible(RunState<T> run)
    {
        RunPosition position = run.Position;
        long? samples = _reader.SamplesPerEpoch is { } inAll
            ? Math.Min((long)position.Batch * _options.BatchSize, inAll)
            : null;
        if (position.IsWithinEpoch
            && (position.Batch > _reader.BatchesPerEpoch || (samples is not null && position.Samples != samples)))
        {
            throw new InvalidDataException(
                $"'{run.Source}' is damaged: of an epoch of {_reader.BatchesPerEpoch} batches it has seen "
                + $"{position.Batch} with {position.Samples} samples.");
        }
    }

    private void RunEpochs()
    {
        // An interrupted epoch may lack no step, but its validation and its end.
        if (_run.IsWithinEpoch && !IsCancelled && _context.StopReason is null)
        {
            RunEpoch();
        }

        while (_run.Epoch < _options.Epochs && !IsOver)
        {
            RunEpoch();
        }
    }

    private bool IsLastEpoch => _run.Epoch == _options.Epochs;

    private void RunEpoch()
    {
        if (_run.IsWithinEpoch)
        {
            _run.ContinueEpoch();
            if (_run.Batch != _run.Batches && !HasMadeAllSteps)
            {
                _reader.StartEpoch(_state.EpochsBegun - 1, skip: _run.Batch, IsLastEpoch);
            }
        }
        else
        {
            _run.StartEpoch();
            _reader.StartEpoch(_state.BeginEpoch(), skip: 0, IsLastEpoch);
        }

        _callbacks.OnEpochStart(_context);
        bool isComplete = RunBatches();
        EpochResult result = _run.EndEpoch(isComplete);
        _callbacks.OnEpochTrained(_context, isComplete);
        bool isOver = isComplete;
        if (IsTimeToValidate(isComplete))
        {
            // An epoch whose validation was cancelled is not over: resumed, it continues with that.
            result = result with { Validation = Validate() };
            isOver &= result.Validation is not null;
        }

        if (isOver)
        {
            _state.CompleteEpoch();
        }

        _run.Add(result, isOver);
        _callbacks.OnEpochEnd(_context, result);
        if (isComplete)
        {
            CompleteReading();
        }

        RequireSameState(MeetingPlace.EpochEnd);
        Agree();
    }

    /// <summary>Lets all workers decide alike whether the run goes on, and at which rate: as worker 0 does.</summary>
    private void Agree()
    {
        if (!_meeting.IsAlone)
        {
            double factor = _state.LearningRateFactor;
            _context.Decision = _meeting.Agree(
                _cancellationToken.IsCancellationRequested, ref factor, _context.Decision);
            _state.LearningRateFactor = factor;
        }
    }

    /// <summary>Refuses to go on where the workers do not have the same state.</summary>
    private void RequireSameState(MeetingPlace place)
    {
        if (!_meeting.IsAlone)
        {
            _meeting.RequireSame(place, _state.Fingerprint());
        }
    }

    /// <summary>Trains on the batches of an epoch; false if it was ended before the last one.</summary>
    private bool RunBatches()
    {
        bool isComplete;
        Agree();
        while (!(isComplete = _run.Batch == _run.Batches) && !IsOver)
        {
            if (Read() is not { } batch)
            {
                isComplete = !IsCancelled;
                break;
            }

            RunBatch(batch);
            Agree();
        }

        if (isComplete && _run.Batch == 0)
        {
            throw new InvalidOperationException(
                $"The source gave no batch in epoch {_run.Epoch}. "
                + (_run.Epoch == 1
                    ? "Check that it finds its data."
                    : "It is asked for batches in each epoch, and must begin anew: an enumerator, a reader or a stream "
                      + "that an earlier epoch has read to its end gives nothing more. Open it within the function "
                      + "that is given to BatchSource.From."));
        }

        if (isComplete && _stepper.PendingBatches > 0)
        {
            Update(_run.LearningRate, new StepBatch<T> { Epoch = _run.Epoch, Number = _run.Batch });
        }

        _stepper.RequireFiniteParameters(_run.LearningRate, _run.Epoch, _run.Batch);
        if (isComplete)
        {
            CompareBatchCount();
            CompleteReading();
        }

        // If the epoch is continued later, it sees the batches without a step again.
        _stepper.DiscardPending();
        return isComplete;
    }

    /// <summary>Warns, once, of a stream that gives another number of batches than it announced.</summary>
    private void CompareBatchCount()
    {
        if (_reader.SamplesPerEpoch is not null || _run.Batches is not { } announced)
        {
            return;
        }

        // Asked even if the warning was given: an epoch ends cleanly only where the source has answered.
        bool hasMore = IsLastEpoch && _run.Batch == announced && _reader.HasMore(_patience);
        if (_hasOtherBatchCount)
        {
            return;
        }

        _hasOtherBatchCount = hasMore || _run.Batch < announced;
        if (_hasOtherBatchCount)
        {
            _context.Warn(SetupCheck.OtherBatchCount(announced, hasMore ? null : _run.Batch, _run.Epoch));
        }
    }

    /// <summary>Throws what the source threw at the end of its last epoch; no later epoch would.</summary>
    private void CompleteReading()
    {
        if (!IsCancelled && (IsLastEpoch || HasMadeAllSteps || _context.StopReason is not null))
        {
            _reader.Complete();
        }
    }

    private void RunBatch(BatchBuffer<T> buffer)
    {
        _run.StartBatch();
        _context.CurrentBatch = buffer;
        _callbacks.OnBatchStart(_context);
        double learningRate =
            _state.LearningRate * (_options.Schedule?.Factor(_run.Steps, _totalSteps!.Value) ?? 1);
        var batch = new StepBatch<T>(buffer.Inputs, buffer.Targets, buffer.Weights)
        {
            Samples = buffer.WholeCount,
            WeightSize = buffer.WeightSize,
            FirstSample = buffer.Shards.OwnStart(buffer.WholeCount),
            Epoch = _run.Epoch,
            Number = _run.Batch,
        };
        double loss = _stepper.Accumulate(batch, isWholeStep: _options.AccumulationSteps == 1);
        _run.EndBatch(loss, learningRate, batch.Samples);
        if (_whole is null)
        {
            _run.Measure(_stepper.Outputs, batch.Targets, batch.Weights);
        }
        else
        {
            _whole.Gather(_stepper.Outputs, batch);
            _run.Measure(_whole.Outputs, _whole.Targets, _whole.Weights);
        }

        if (_stepper.PendingBatches == _options.AccumulationSteps)
        {
            Update(learningRate, batch);
        }

        _callbacks.OnBatchEnd(_context);
    }

    private void Update(double learningRate, StepBatch<T> batch)
    {
        _stepper.Update(learningRate, _options.GradientClipping, batch);
        _run.CountStep();
    }

    private BatchBuffer<T>? Read()
    {
        try
        {
            // With others, all train on the batch that all have begun to read.
            return _reader.Read(_meeting.IsAlone ? _cancellationToken : CancellationToken.None);
        }
        catch (OperationCanceledException) when (IsCancelled)
        {
            return null;
        }
    }

    private bool IsTimeToValidate(bool isComplete) =>
        _validation is not null
        && (isComplete || HasMadeAllSteps)
        && (_run.Epoch % _options.ValidationEvery == 0 || _run.Epoch == _options.Epochs || HasMadeAllSteps);

    private EvaluationResult? Validate()
    {
        _callbacks.Show(_context);
        try
        {
            return _evaluator.Evaluate(_validation!, _options.Metrics, _meeting, _cancellationToken);
        }
        catch (OperationCanceledException) when (IsCancelled)
        {
            return null;
        }
    }

    /// <summary>The state from which the run can be continued, besides that of the training.</summary>
    private RunState<T> Capture() =>
        new(_settings.Value, _run.Capture(), _context.StopReason, _callbacks.SaveStates())
        {
            StoppedBy = _context.StoppedBy,
        };

    /// <summary>
    /// Steps that the run makes if it is not stopped, null if that is not known; and whether they end it before its
    /// epochs are done.
    /// </summary>
    private static (long? Steps, bool EndsBySteps) StepsOf(IBatchReader<T> reader, FitOptions<T> options)
    {
        if (reader.BatchesPerEpoch is not { } batches)
        {
            return (options.Steps, options.Steps is not null);
        }

        long perEpoch = ((batches - 1) / options.AccumulationSteps) + 1;
        long whole = options.Epochs > long.MaxValue / perEpoch ? long.MaxValue : options.Epochs * perEpoch;
        return options.Steps is { } steps && steps < whole ? (steps, true) : (whole, false);
    }
}

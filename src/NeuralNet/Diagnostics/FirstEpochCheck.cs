using System.Globalization;
using System.Numerics;
using NeuralNet.Backpropagation;
using NeuralNet.Data;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Randomness;

namespace NeuralNet.Diagnostics;

/// <summary>
/// Looks at the first samples of a run, at what the layers make of them, and at whether their loss has fallen at the
/// end of the first epoch. It changes nothing: training gives the same bits without it.
/// </summary>
/// <remarks>
/// The work is bounded, whatever the data: data and layers of the first <see cref="DataSamples"/> samples, and
/// the losses of at most <see cref="LossSamples"/> of them a second time. Where there are validation data, the classes
/// of all samples of the epoch are noted, until each was seen.
/// </remarks>
internal sealed class FirstEpochCheck<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int DataSamples = 256;
    private const int LossSamples = 128;
    private const int FewestLossSamples = 32;

    // A second forward pass over so many of an epoch's samples is about one in a hundred of its work.
    private const double LossShare = 0.03;

    // Fewer steps may well change next to nothing.
    private const int FewestSteps = 20;
    private const double LeastFall = 1e-4;

    // Fewer equal targets may be chance.
    private const int FewestSameTargets = 32;

    // What keeps a loss from falling whatever the learning rate is.
    private static readonly TrainingWarningKind[] _causes =
    [
        TrainingWarningKind.LimitedLogits, TrainingWarningKind.SingleProbability, TrainingWarningKind.DroppedOutputs,
        TrainingWarningKind.NothingToLearn, TrainingWarningKind.ZeroLearningRate,
        TrainingWarningKind.SingleSampleBatches, TrainingWarningKind.DeadLayer, TrainingWarningKind.TargetsOutOfRange,
        TrainingWarningKind.TargetsNotDistributions,
    ];

    // How much of what there is to explain a network explains that has learned before, and need not improve.
    private const double Learned = 0.5;

    private readonly BackpropagationEngine<T> _engine;
    private readonly bool _checksLoss;
    private readonly RowStatistics<T> _inputs;
    private readonly TargetStatistics<T>[] _targets;
    private readonly UnitActivity<T> _activity;
    private readonly ValidationCheck<T>? _validation;
    private readonly List<KeptBatch<T>> _kept = [];
    private readonly HashSet<(TrainingWarningKind, string?)> _given = [];
    private readonly T[] _firstTarget;
    private bool _hasCheckedData;
    private bool _targetsDiffer;
    private int _samples;

    /// <summary>Begins.</summary>
    /// <param name="engine">The engine that computes the batches.</param>
    /// <param name="checksLoss">
    /// Whether the loss is expected to fall: not of a network that has been trained before.
    /// </param>
    /// <param name="validation">The data to compare with those trained on; null if there are none.</param>
    public FirstEpochCheck(BackpropagationEngine<T> engine, bool checksLoss, DataSet<T>? validation = null)
    {
        _engine = engine;
        _checksLoss = checksLoss && engine.Network.Parameters.Any(parameter => parameter.IsTrainable);
        _inputs = new(engine.Network.InputSize);
        _targets = [.. engine.Network.Heads(engine.Loss).Select(head => new TargetStatistics<T>(head))];
        _activity = new(engine.Network);
        _firstTarget = new T[engine.Network.OutputSize];
        _validation = validation is null ? null : new(validation, engine.Network.Heads(engine.Loss));
    }

    /// <summary>The warnings before the first step.</summary>
    public IReadOnlyList<TrainingWarning> Begin(double learningRateFactor) =>
        New([.. SetupCheck.Check(_engine.Network, _engine.Loss!, learningRateFactor)]);

    /// <summary>The warning for batches of one sample, unless it was given or no layer minds them.</summary>
    public IReadOnlyList<TrainingWarning> WarnOfSingleSamples(string which, string remedy) =>
        SetupCheck.SingleSamples(_engine.Network, which, remedy) is { } warning ? New([warning]) : [];

    /// <summary>Takes in a batch that has just gone through the engine.</summary>
    public IReadOnlyList<TrainingWarning> Add(
        ReadOnlyMatrixSpan<T> inputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights, RandomStream random)
    {
        CompareTargets(targets);
        _validation?.Add(targets);
        int room = DataSamples - _samples;
        _samples += inputs.Columns;
        if (room <= 0)
        {
            return [];
        }

        int count = Math.Min(room, inputs.Columns);
        ReadOnlyMatrixSpan<T> someTargets = targets.ColumnRange(0, count);
        _inputs.Add(inputs.ColumnRange(0, count));
        foreach (TargetStatistics<T> output in _targets)
        {
            output.Add(someTargets);
        }

        List<TrainingWarning> warnings = [];
        if (!_activity.IsEnough)
        {
            // What the layers give at first; later, outputs at the bounds may be what was learned.
            Look(_activity, count);
            warnings.AddRange(_activity.Check(isFresh: _checksLoss));
        }

        Keep(inputs, targets, weights, random);
        if (_samples >= DataSamples)
        {
            warnings.AddRange(CheckData());
        }

        return New(warnings);
    }

    /// <summary>The warnings at the end of the epoch, or of the run if it ends within the epoch.</summary>
    /// <param name="steps">The steps that were made.</param>
    /// <param name="hasSeenAll">Whether every sample of the epoch was taken in.</param>
    public IReadOnlyList<TrainingWarning> Finish(long steps, bool hasSeenAll = true)
    {
        if (_samples == 0)
        {
            return [];
        }

        List<TrainingWarning> warnings = [.. CheckData()];
        if (!_targetsDiffer && _engine.Loss!.ReadsTargets && _samples >= FewestSameTargets)
        {
            warnings.Add(TargetCheck.Same(_samples));
        }

        if (hasSeenAll && _validation is { } validation)
        {
            warnings.AddRange(validation.CheckClasses());
        }

        if (steps >= FewestSteps)
        {
            warnings.AddRange(CheckLoss([.. warnings.Select(warning => warning.Kind)]));
        }

        return New(warnings);
    }

    private IEnumerable<TrainingWarning> CheckData()
    {
        if (_hasCheckedData)
        {
            return [];
        }

        _hasCheckedData = true;
        IEnumerable<TrainingWarning> found = InputCheck.Check(_engine.Network, _inputs)
            .Concat(_targets.SelectMany(output => output.Check()));
        return _validation?.CheckInputs(_inputs) is { } other ? found.Append(other) : found;
    }

    private List<TrainingWarning> CheckLoss(TrainingWarningKind[] found)
    {
        int most = (int)Math.Clamp(_samples * LossShare, FewestLossSamples, LossSamples);
        var activity = new UnitActivity<T>(_engine.Network);
        Skill<T>[] skills = [.. _engine.Network.Heads(_engine.Loss).Select(head => new Skill<T>(head))];
        double before = 0;
        double after = 0;
        int count = 0;
        foreach (KeptBatch<T> batch in _kept)
        {
            if (count >= most)
            {
                break;
            }

            _engine.ComputeLoss(batch.Inputs, batch.Targets, batch.Random, batch.Weights);
            before += batch.LossSum;
            after += Sum(_engine.SampleLosses);
            count += batch.Count;
            Look(activity, batch.Count);
            foreach (Skill<T> skill in skills)
            {
                skill.Add(_engine.Outputs, batch.Targets);
            }
        }

        List<TrainingWarning> warnings = [.. activity.Check(isFresh: false)];

        // Loss, NaN included, that is not clearly below what it was.
        if (_checksLoss && !(after < before - (LeastFall * Math.Abs(before)))
            && !Array.TrueForAll(skills, skill => skill.Value > Learned))
        {
            warnings.Add(new(
                TrainingWarningKind.LossNotFalling,
                null,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The loss has not fallen over the first epoch: that of its first "
                    + $"{Quantity.Of(count, "sample")} was {before / count:G4} when they were seen first and is "
                    + $"{after / count:G4} now. {Remedy(before, after, found)}")));
        }

        return warnings;
    }

    private string Remedy(double before, double after, TrainingWarningKind[] found)
    {
        // A layer that died within the epoch is no cause: too high a rate may have killed it.
        if (_given.Select(given => given.Item1).Concat(found).Any(_causes.Contains))
        {
            return "The other warnings say why; the learning rate is not to blame.";
        }

        if (before == 0 && after == 0)
        {
            return "A loss of 0 has no gradient: check that the weights of samples and classes are not all 0, and "
                + "that the targets are what is to be predicted.";
        }

        string direction = after > before + (LeastFall * Math.Abs(before))
            ? "It rises: the learning rate is probably too high"
            : "It stands still: the learning rate is probably too low, or no gradient arrives";
        return $"{direction}; LearningRateFinder suggests one. Check the other warnings, and that inputs and targets "
            + "belong together.";
    }

    private void Look(UnitActivity<T> activity, int samples)
    {
        activity.Begin(samples);
        for (int l = 0; l < activity.Layers.Count; l++)
        {
            if (_engine.TryGetActivations(activity.Layers[l], out ReadOnlyMatrixSpan<T> outputs))
            {
                activity.Add(l, outputs.ColumnRange(0, samples));
            }
        }
    }

    private void Keep(
        ReadOnlyMatrixSpan<T> inputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights, RandomStream random)
    {
        int room = LossSamples - _kept.Sum(batch => batch.Count);
        if (room > 0)
        {
            int count = Math.Min(room, inputs.Columns);
            _kept.Add(new(
                inputs.ColumnRange(0, count),
                targets.ColumnRange(0, count),
                weights[..(count * (weights.Length / inputs.Columns))],
                random,
                Sum(_engine.SampleLosses[..count])));
        }
    }

    private void CompareTargets(ReadOnlyMatrixSpan<T> targets)
    {
        if (_samples == 0)
        {
            targets.Column(0).CopyTo(_firstTarget);
        }

        for (int j = 0; j < targets.Columns && !_targetsDiffer; j++)
        {
            _targetsDiffer = !targets.Column(j).SequenceEqual(_firstTarget);
        }
    }

    // Logits that an activation limits are said once, and not again as units on its flat part.
    private List<TrainingWarning> New(List<TrainingWarning> warnings) =>
        warnings.FindAll(warning =>
            !(warning.Kind is TrainingWarningKind.DeadLayer or TrainingWarningKind.DeadUnits
                or TrainingWarningKind.SaturatedLayer
                && _given.Contains((TrainingWarningKind.LimitedLogits, warning.Layer)))
            && _given.Add((warning.Kind, warning.Layer)));

    private static double Sum(ReadOnlySpan<T> values)
    {
        double sum = 0;
        foreach (T value in values)
        {
            sum += double.CreateChecked(value);
        }

        return sum;
    }
}

using System.Numerics;
using System.Runtime.InteropServices;
using NeuralNet.Layers;

namespace NeuralNet.Training;

/// <summary>
/// Takes the interrupted run that a Fit continues, and puts it back where that Fit ended before it changed anything:
/// the next one then continues the run, instead of beginning a new one.
/// </summary>
internal sealed class ResumeGuard<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TrainingState<T> _state;
    private readonly RunState<T> _run;
    private readonly TrainingCounters _counters;
    private readonly ulong _digest;
    private bool _isComplete;

    /// <summary>Takes the interrupted run.</summary>
    public ResumeGuard(TrainingState<T> state)
    {
        _state = state;
        _run = state.InterruptedRun!;
        _counters = state.Counters;
        _digest = DigestParameters();
        state.InterruptedRun = null;
    }

    /// <summary>Ends the run for good.</summary>
    public void Complete() => _isComplete = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        // A callback may have restored other parameters, such as the best ones.
        if (!_isComplete && _state.StepCount == _counters.Steps && DigestParameters() == _digest)
        {
            _state.Restore(_counters, _run);
        }
    }

    /// <summary>A digest of all bits of the parameters (FNV-1a).</summary>
    private ulong DigestParameters()
    {
        ulong digest = 14695981039346656037;
        foreach (Parameter<T> parameter in _state.Network.Parameters)
        {
            foreach (uint bits in MemoryMarshal.Cast<T, uint>(parameter.Values))
            {
                digest = unchecked((digest ^ bits) * 1099511628211);
            }
        }

        return digest;
    }
}

namespace NeuralNet.Kernels;

/// <summary>
/// The places first, first + stride, first + 2·stride, … of an axis. They are in the same elements of windows: place p
/// is element k of window <see cref="Position"/>(p) + <see cref="Distance"/>(k), and of no other element.
/// </summary>
internal sealed class AxisPhase
{
    private readonly WindowAxis _axis;
    private readonly int _first;

    /// <summary>Finds the elements.</summary>
    public AxisPhase(WindowAxis axis, int first)
    {
        _axis = axis;
        _first = first;
        for (int place = first; place < axis.Length; place += axis.Stride)
        {
            Places.Add(place);
        }

        for (int k = 0; k < axis.Kernel; k++)
        {
            if ((first + axis.Before - ((long)k * axis.Dilation)) % axis.Stride == 0)
            {
                Elements.Add(k);
            }
        }
    }

    /// <summary>The places.</summary>
    public List<int> Places { get; } = [];

    /// <summary>The elements of windows that the places can be.</summary>
    public List<int> Elements { get; } = [];

    /// <summary>The position of a place among those of the phase.</summary>
    public int Position(int place) => (place - _first) / _axis.Stride;

    /// <summary>The window whose element k is the first place.</summary>
    public int Distance(int k) => (_first + _axis.Before - (k * _axis.Dilation)) / _axis.Stride;

    /// <summary>
    /// The part of <see cref="Elements"/> by which a place is in windows that there are: from the first to before the
    /// end.
    /// </summary>
    public (int First, int End) ElementsOf(int place)
    {
        // The further the element within the window, the earlier the window.
        int first = 0;
        while (first < Elements.Count && Position(place) + Distance(Elements[first]) >= _axis.Windows)
        {
            first++;
        }

        int end = first;
        while (end < Elements.Count && Position(place) + Distance(Elements[end]) >= 0)
        {
            end++;
        }

        return (first, end);
    }
}

namespace NeuralNet.PyTorch;

/// <summary>Compares names so that numbers within them count as numbers: 2 comes before 10.</summary>
internal static class NumberedName
{
    /// <summary>Compares two names: their numbers as numbers, all else letter by letter.</summary>
    public static int Compare(string a, string b) => Compare(a, b, out _);

    /// <summary>Whether the first difference between two names is a number.</summary>
    public static bool IsOrderByNumber(string a, string b)
    {
        Compare(a, b, out bool byNumber);
        return byNumber;
    }

    private static int Compare(string a, string b, out bool byNumber)
    {
        int i = 0;
        int j = 0;
        byNumber = false;
        while (i < a.Length && j < b.Length)
        {
            if (char.IsAsciiDigit(a[i]) && char.IsAsciiDigit(b[j]))
            {
                ReadOnlySpan<char> x = Digits(a, ref i);
                ReadOnlySpan<char> y = Digits(b, ref j);
                int order = x.Length != y.Length ? x.Length.CompareTo(y.Length) : x.SequenceCompareTo(y);
                if (order != 0)
                {
                    byNumber = true;
                    return order;
                }
            }
            else if (a[i] != b[j])
            {
                return a[i].CompareTo(b[j]);
            }
            else
            {
                i++;
                j++;
            }
        }

        return (a.Length - i).CompareTo(b.Length - j);
    }

    // A run of digits without its leading zeros; the index goes behind it.
    private static ReadOnlySpan<char> Digits(string text, ref int index)
    {
        int start = index;
        while (index < text.Length && char.IsAsciiDigit(text[index]))
        {
            index++;
        }

        return text.AsSpan(start, index - start).TrimStart('0');
    }
}

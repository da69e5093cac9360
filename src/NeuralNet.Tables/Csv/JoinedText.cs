namespace NeuralNet.Tables.Csv;

/// <summary>
/// A reader that returns characters that were read to look at the start of a text, and then the rest, which stays open.
/// </summary>
internal sealed class JoinedText(ReadOnlyMemory<char> first, TextReader rest) : TextReader
{
    private ReadOnlyMemory<char> _first = first;

    public override int Peek() => _first.IsEmpty ? rest.Peek() : _first.Span[0];

    public override int Read()
    {
        Span<char> one = stackalloc char[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        if (_first.IsEmpty)
        {
            return rest.Read(buffer);
        }

        int count = Math.Min(buffer.Length, _first.Length);
        _first.Span[..count].CopyTo(buffer);
        _first = _first[count..];
        return count;
    }
}

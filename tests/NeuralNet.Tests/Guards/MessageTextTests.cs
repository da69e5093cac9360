using NeuralNet.Guards;

namespace NeuralNet.Tests.Guards;

/// <summary>What a message shows of texts that come from a file.</summary>
public sealed class MessageTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("dense1.weights")]
    [InlineData("Größe in m², 你好, ελληνικά, 👩‍🔬")]
    [InlineData("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")]
    [InlineData("'quoted' \"text\" \\u001b")]
    public void A_text_without_harm_is_shown_as_it_is(string text)
    {
        MessageText.Shortened(text).Should().Be(text);
        MessageText.Printable(text).Should().Be(text);
        MessageText.Quoted(text).Should().Be($"'{text}'");
    }

    [Theory]
    [InlineData("\u001b[31mred", "�[31mred")]
    [InlineData("a\0b", "a�b")]
    [InlineData("a\r\nERROR: b", "a��ERROR: b")]
    [InlineData("a\tb\u0007\u0008", "a�b��")]
    [InlineData("a\u007fb", "a�b")]
    [InlineData("a\u009b31mb", "a�31mb")]
    [InlineData("a\u2028b\u2029c", "a�b�c")]
    [InlineData("a\u202egnp.exe", "a�gnp.exe")]
    [InlineData("a\u2066b\u2069", "a�b�")]
    [InlineData("a\u200bb\u200cc\u200dd\u200ee\ufeff", "a�b�c�d�e�")]
    [InlineData("a\u061cb\u00adc\u2060d", "a�b�c�d")]
    [InlineData("\ud83d\udc69\u200d", "\ud83d\udc69�")]
    public void A_character_that_a_terminal_or_a_log_acts_on_is_replaced(string text, string shown)
    {
        MessageText.Shortened(text).Should().Be(shown);
        MessageText.Printable(text).Should().Be(shown);
        MessageText.Quoted(text).Should().Be($"'{shown}'");
        MessageText.Listed([text, "b"]).Should().Be(shown + ", b");
    }

    [Fact]
    public void Every_control_character_is_replaced()
    {
        foreach (char character in Enumerable.Range(0, 0x10000).Select(code => (char)code).Where(char.IsControl))
        {
            MessageText.Shortened($"a{character}b").Should().Be("a�b");
        }
    }

    [Fact]
    public void Half_a_pair_of_surrogates_is_replaced()
    {
        MessageText.Shortened("a\ud83d").Should().Be("a�");
        MessageText.Shortened("\ude00b").Should().Be("�b");
    }

    [Fact]
    public void A_long_text_is_shortened()
    {
        MessageText.Shortened(new('a', 100)).Should().Be(new('a', 100));
        MessageText.Shortened(new('a', 101)).Should().Be(new string('a', 100) + "…");
        MessageText.Shortened("abcdef", longest: 3).Should().Be("abc…");
        MessageText.Quoted(new('a', 80)).Should().Be($"'{new string('a', 80)}'");
        MessageText.Quoted(new('a', 81)).Should().Be($"'{new string('a', 80)}…'");
    }

    [Fact]
    public void No_character_is_cut_in_two()
    {
        MessageText.Shortened("ab😀d", longest: 3).Should().Be("ab…");
        MessageText.Shortened("ab😀d", longest: 4).Should().Be("ab😀…");
    }

    [Fact]
    public void A_list_shows_the_first_few()
    {
        MessageText.Listed([]).Should().Be("nothing");
        MessageText.Listed(["a", "b"], most: 2).Should().Be("a, b");
        MessageText.Listed(["a", "b", "c"], most: 2).Should().Be("a, b, …");
        MessageText.Listed(["abcd", "b"], longest: 3).Should().Be("abc…, b");
        MessageText.Listed(Enumerable.Range(0, 13).Select(i => $"{i}"))
            .Should().Be("0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …");
    }

    [Fact]
    public void Of_an_endless_list_no_more_is_taken_than_is_shown()
    {
        int taken = 0;
        MessageText.Listed(Endless(), most: 3).Should().Be("a, a, a, …");
        taken.Should().Be(4);

        IEnumerable<string> Endless()
        {
            while (true)
            {
                taken++;
                yield return "a";
            }
        }
    }

    [Fact]
    public void The_reason_of_an_exception_is_one_short_line()
    {
        MessageText.Reason(new InvalidDataException("It is damaged.")).Should().Be("It is damaged");
        MessageText.Reason(new ArithmeticException("a\r\nb\u001b")).Should().Be("a b�");
        MessageText.Reason(new ArithmeticException(new string('a', 5000))).Should().HaveLength(1001);
        MessageText.Reason(new ArithmeticException("")).Should().Be("ArithmeticException");
        MessageText.Reason(new SilentException()).Should().Be("SilentException");
    }

    [Fact]
    public void A_cause_that_quotes_what_a_log_must_not_show_is_left_out()
    {
        var clean = new ArithmeticException("clean", new InvalidDataException("as well"));
        MessageText.Cause(clean).Should().BeSameAs(clean);
        MessageText.Cause(new ArithmeticException("a\u001b")).Should().BeNull();
        MessageText.Cause(new ArithmeticException("a", new ArithmeticException("\u202e"))).Should().BeNull();
        MessageText.Cause(new ArithmeticException(new string('a', 5000))).Should().BeNull();
        MessageText.Cause(new SilentException()).Should().BeNull();
    }

    private sealed class SilentException : Exception
    {
        public override string Message => throw new NotSupportedException();
    }
}

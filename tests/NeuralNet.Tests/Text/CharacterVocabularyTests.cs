using NeuralNet.Text;

namespace NeuralNet.Tests.Text;

public sealed class CharacterVocabularyTests
{
    // A letter, a letter with a combining accent behind it, and one outside the basic plane.
    private const string Mixed = "ba\u0301🙂a";

    [Fact]
    public void Characters_have_numbers_in_the_order_of_their_code_points_behind_the_padding()
    {
        CharacterVocabulary vocabulary = CharacterVocabulary.Fit("banana!");
        vocabulary.Symbols.Should().Equal("!", "a", "b", "n");
        vocabulary.Count.Should().Be(5);
        vocabulary.Unknown.Should().BeNull();
        vocabulary.Encode("ban").Should().Equal(3, 2, 4);
        vocabulary.Decode([3, 2, 4, 1, Vocabulary.Padding]).Should().Be("ban!");
        vocabulary.Encode("").Should().BeEmpty();
    }

    [Fact]
    public void A_surrogate_pair_is_one_character_and_a_combining_mark_another()
    {
        CharacterVocabulary vocabulary = CharacterVocabulary.Fit(Mixed);
        vocabulary.Symbols.Should().Equal("a", "b", "\u0301", "🙂");
        int[] numbers = vocabulary.Encode(Mixed);
        numbers.Should().Equal(2, 1, 3, 4, 1);
        vocabulary.Decode(numbers).Should().Be(Mixed);
    }

    [Fact]
    public void Order_is_that_of_code_points_and_not_of_UTF16()
    {
        // U+FFFD is before U+1F642, whose surrogates are before it.
        CharacterVocabulary.Fit("🙂\uFFFD").Symbols.Should().Equal("\uFFFD", "🙂");
    }

    [Fact]
    public void What_is_not_in_the_vocabulary_is_refused_with_its_place_or_has_the_unknown_number()
    {
        FluentActions.Invoking(() => CharacterVocabulary.Fit("abc").Encode("ab🙂"))
            .Should().Throw<ArgumentException>().WithParameterName("text")
            .WithMessage("The symbol '🙂' at place 2 of the text is none of the 3 in the vocabulary*hasUnknown: true*");
        CharacterVocabulary tolerant = CharacterVocabulary.Fit(["ab", "c"], hasUnknown: true);
        tolerant.Unknown.Should().Be(1);
        tolerant.Count.Should().Be(5);
        tolerant.Encode("a🙂c").Should().Equal(2, 1, 4);
        tolerant.Decode([2, 1, 4]).Should().Be("a\uFFFDc");
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused_with_its_place()
    {
        string half = "ab" + "🙂"[0];
        FluentActions.Invoking(() => CharacterVocabulary.Fit(half))
            .Should().Throw<ArgumentException>().WithMessage("*half a surrogate pair, U+D83D, at place 2*");
        FluentActions.Invoking(() => CharacterVocabulary.Fit("ab", hasUnknown: true).Encode(half))
            .Should().Throw<ArgumentException>().WithMessage("*U+D83D, at place 2*");
        FluentActions.Invoking(() => new CharacterVocabulary([half[2..]]))
            .Should().Throw<ArgumentException>().WithMessage("Symbol 0*not a single character*");
    }

    [Fact]
    public void Texts_become_columns_of_one_length_with_padding_behind_short_ones()
    {
        CharacterVocabulary vocabulary = CharacterVocabulary.Fit("abc");
        EncodedTexts<float> encoded = vocabulary.Encode<float>(["ab", "cabbage"[..4], "", "abc"], steps: 3);
        encoded.Numbers.AsColumnMajorArray().Should().Equal(1, 2, 0, 3, 1, 2, 0, 0, 0, 1, 2, 3);
        encoded.Lengths.Should().Equal(2, 3, 0, 3);
        encoded.ToString().Should().Be("4 texts of up to 3 symbols");
        FluentActions.Invoking(() => vocabulary.Encode<float>(["ab", "xa"], steps: 3))
            .Should().Throw<ArgumentException>().WithParameterName("texts").WithMessage("Text 1*'x' at place 0*");
        vocabulary.Encode<double>(["abx"], steps: 2).Lengths.Should().Equal([2], "what is cut off is not looked at");
    }

    [Fact]
    public void What_is_no_vocabulary_is_refused_in_words()
    {
        FluentActions.Invoking(() => CharacterVocabulary.Fit(""))
            .Should().Throw<ArgumentException>().WithMessage("The text has no characters*");
        FluentActions.Invoking(() => new CharacterVocabulary([]))
            .Should().Throw<ArgumentException>().WithMessage("There must be at least one symbol*");
        FluentActions.Invoking(() => new CharacterVocabulary(["a", "b", "a"]))
            .Should().Throw<ArgumentException>().WithMessage("The symbol 'a' occurs twice, as symbol 0 and 2*");
        FluentActions.Invoking(() => new CharacterVocabulary(["ab"]))
            .Should().Throw<ArgumentException>().WithMessage("Symbol 0, 'ab', is not a single character*");
        FluentActions.Invoking(() => new CharacterVocabulary(["a", ""]))
            .Should().Throw<ArgumentException>().WithMessage("Symbol 1 is empty*");
        FluentActions.Invoking(() => CharacterVocabulary.Fit("ab").Decode([1, 3]))
            .Should().Throw<ArgumentException>().WithMessage("The number 3 at place 1*from 0 to 2*");
        FluentActions.Invoking(() => CharacterVocabulary.Fit("ab").Encode<float>([], steps: 2))
            .Should().Throw<ArgumentException>().WithMessage("There must be at least one text*");
        FluentActions.Invoking(() => CharacterVocabulary.Fit("ab").Encode<float>(["a"], steps: 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("steps must be at least 1*");
    }
}

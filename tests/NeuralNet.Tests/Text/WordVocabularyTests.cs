using NeuralNet.Text;

namespace NeuralNet.Tests.Text;

public sealed class WordVocabularyTests
{
    private static readonly string[] _texts = ["The cat saw the dog.", "The dog, the dog; a cat!", "Don't, 3 cats 🙂🙂"];

    [Fact]
    public void Frequent_words_come_first_and_equally_frequent_ones_in_ordinal_order()
    {
        WordVocabulary vocabulary = WordVocabulary.Fit(_texts);
        vocabulary.Symbols.Should().Equal("the", "dog", ",", "cat", "🙂");
        vocabulary.Unknown.Should().Be(1);
        vocabulary.Count.Should().Be(7);
        vocabulary.Encode("The dog, 🙂 a CAT").Should().Equal(2, 3, 4, 6, 1, 5);
        vocabulary.Decode([2, 3, 4, 1, 0]).Should().Be("the dog , \uFFFD");
        vocabulary.ToString().Should().Be("5 symbols: 'the', 'dog', ',', 'cat', '🙂'");
    }

    [Fact]
    public void The_number_of_words_their_frequency_and_their_case_are_chosen()
    {
        WordVocabulary.Fit(_texts, most: 2).Symbols.Should().Equal("the", "dog");
        WordVocabulary.Fit(_texts, leastCount: 4).Symbols.Should().Equal("the");
        WordVocabulary.Fit(_texts, lowercase: false).Symbols.Should().Equal("dog", ",", "The", "cat", "the", "🙂");
        WordVocabulary.Fit(_texts, leastCount: 1).Symbols.Should().Contain(["don't", "3", "cats", ";", "!", "."]);
    }

    [Theory]
    [InlineData("don't stop", "don't|stop")]
    [InlineData("the dogs' 'tail'", "the|dogs|'|'|tail|'")]
    [InlineData("l’été, \t\n na\u0308ive", "l’été|,|na\u0308ive")]
    [InlineData("a--b 3.5", "a|-|-|b|3|.|5")]
    [InlineData("𝒳y 漢字。", "𝒳y|漢字|。")]
    public void Words_are_runs_of_letters_and_digits_and_all_else_stands_alone(string text, string words)
    {
        WordVocabulary vocabulary = WordVocabulary.Fit([text], leastCount: 1, lowercase: false, hasUnknown: false);
        vocabulary.Symbols.Should().BeEquivalentTo(words.Split('|').Distinct());
        vocabulary.Decode(vocabulary.Encode(text)).Should().Be(words.Replace('|', ' '));
    }

    [Fact]
    public void What_is_not_in_the_vocabulary_is_refused_with_its_place_where_there_is_no_unknown_word()
    {
        WordVocabulary vocabulary = WordVocabulary.Fit(_texts, hasUnknown: false);
        vocabulary.Encode("the dog").Should().Equal(1, 2);
        FluentActions.Invoking(() => vocabulary.Encode("the bird"))
            .Should().Throw<ArgumentException>().WithMessage("The symbol 'bird' at place 4*");
    }

    [Fact]
    public void What_is_no_vocabulary_is_refused_in_words()
    {
        FluentActions.Invoking(() => WordVocabulary.Fit(["a b c"]))
            .Should().Throw<ArgumentException>().WithMessage("None of 3 different words*2 times*smaller leastCount*");
        FluentActions.Invoking(() => WordVocabulary.Fit(_texts, most: 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("most must be at least 1*");
        FluentActions.Invoking(() => WordVocabulary.Fit(["a", null!]))
            .Should().Throw<ArgumentNullException>().WithParameterName("texts");
        FluentActions.Invoking(() => new WordVocabulary(["The"]))
            .Should().Throw<ArgumentException>().WithMessage("Symbol 0, 'The', is no word*in lower case*");
        FluentActions.Invoking(() => new WordVocabulary(["a b"], lowercase: false))
            .Should().Throw<ArgumentException>().WithMessage("Symbol 0, 'a b', is no word*");
    }
}

namespace NeuralNet.Extensibility.Tests.Catalogue;

/// <summary>
/// <c>docs/catalogue.md</c> is what the source says. After a change that is meant, copy the new page, whose path the
/// failure names, over the old one.
/// </summary>
public sealed class CataloguePageTests
{
    [Fact]
    public void The_page_lists_all_that_there_is()
    {
        string page = Path.Combine(AppContext.BaseDirectory, "Snippets", "docs", "catalogue.md");
        string received = Path.ChangeExtension(page, ".received.md");
        string actual = CataloguePage.Text();
        File.WriteAllText(received, actual);
        File.ReadAllText(page).ReplaceLineEndings("\n").Should().Be(actual, $"the new page is {received}");
    }
}

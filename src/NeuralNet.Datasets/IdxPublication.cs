using NeuralNet.Datasets.Downloads;

namespace NeuralNet.Datasets;

/// <summary>A data set that was published in MNIST's format.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Classes">The name of each class.</param>
/// <param name="TrainingImages">The images to train on.</param>
/// <param name="TrainingLabels">Their labels.</param>
/// <param name="TestImages">The images to test with.</param>
/// <param name="TestLabels">Their labels.</param>
internal sealed record IdxPublication(
    string Name,
    IReadOnlyList<string> Classes,
    IdxFile TrainingImages,
    IdxFile TrainingLabels,
    IdxFile TestImages,
    IdxFile TestLabels)
{
    /// <summary>MNIST, by Yann LeCun, Corinna Cortes and Christopher Burges.</summary>
    public static IdxPublication Mnist { get; } = new(
        "MNIST",
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        new(
            IdxFolder.TrainingImages,
            9_912_422,
            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        new(
            IdxFolder.TrainingLabels,
            28_881,
            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        new(
            IdxFolder.TestImages,
            1_648_877,
            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        new(
            IdxFolder.TestLabels,
            4_542,
            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

    /// <summary>Fashion-MNIST, by Han Xiao, Kashif Rasul and Roland Vollgraf.</summary>
    public static IdxPublication FashionMnist { get; } = new(
        "Fashion-MNIST",
        [
            "T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot",
        ],
        new(
            IdxFolder.TrainingImages,
            26_421_880,
            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
            "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
        new(
            IdxFolder.TrainingLabels,
            29_515,
            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
            "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
        new(
            IdxFolder.TestImages,
            4_422_102,
            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
            "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
        new(
            IdxFolder.TestLabels,
            5_148,
            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
            "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"));

    /// <summary>All that are known.</summary>
    public static IReadOnlyList<IdxPublication> All { get; } = [Mnist, FashionMnist];

    /// <summary>The four files to download.</summary>
    public IReadOnlyList<DatasetFile> Files =>
        [TrainingImages.Compressed, TrainingLabels.Compressed, TestImages.Compressed, TestLabels.Compressed];
}

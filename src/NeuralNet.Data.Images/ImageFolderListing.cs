using NeuralNet.Guards;

namespace NeuralNet.Data.Images;

/// <summary>The classes and the images of a folder, in order.</summary>
internal sealed class ImageFolderListing
{
    private static readonly string[] _extensions = [".png", ".jpg", ".jpeg"];

    private readonly bool _ignoreOthers;

    private ImageFolderListing(string[] classes, bool ignoreOthers)
    {
        Classes = classes;
        _ignoreOthers = ignoreOthers;
    }

    /// <summary>The names of the classes.</summary>
    public string[] Classes { get; }

    /// <summary>The paths of the images.</summary>
    public List<string> Files { get; } = [];

    /// <summary>The class of each image.</summary>
    public List<int> Labels { get; } = [];

    /// <summary>Lists a folder.</summary>
    public static ImageFolderListing Of(string path, bool ignoreOthers)
    {
        string[] folders = Names(Directory.EnumerateDirectories(path));
        if (folders.Length == 0)
        {
            throw new InvalidDataException(
                $"'{MessageText.File(path)}' has no subfolders; there must be one for each class, with its images.");
        }

        var listing = new ImageFolderListing(folders, ignoreOthers);
        foreach (string name in Names(Directory.EnumerateFiles(path)))
        {
            listing.RequireIgnored(System.IO.Path.Combine(path, name), "stands beside the folders of the classes");
        }

        for (int i = 0; i < folders.Length; i++)
        {
            listing.Add(System.IO.Path.Combine(path, folders[i]), i);
        }

        return listing;
    }

    private static string[] Names(IEnumerable<string> paths) =>
    [
        .. paths.Select(path => System.IO.Path.GetFileName(path))
            .Where(name => !name.StartsWith('.'))
            .Order(StringComparer.Ordinal),
    ];

    private void Add(string folder, int label)
    {
        if (Names(Directory.EnumerateDirectories(folder)) is [string inner, ..])
        {
            throw new InvalidDataException(
                $"'{MessageText.File(folder)}' holds the folder {MessageText.Quoted(inner)}; put all images of a class "
                + "directly into its folder.");
        }

        int before = Files.Count;
        foreach (string name in Names(Directory.EnumerateFiles(folder)))
        {
            string file = System.IO.Path.Combine(folder, name);
            if (_extensions.Contains(System.IO.Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))
            {
                Files.Add(file);
                Labels.Add(label);
            }
            else
            {
                RequireIgnored(file, $"does not end in {string.Join(", ", _extensions[..^1])} or {_extensions[^1]}");
            }
        }

        if (Files.Count == before)
        {
            throw new InvalidDataException(
                $"The class {MessageText.Quoted(Classes[label])} has no images: there are none in "
                + $"'{MessageText.File(folder)}'.");
        }
    }

    private void RequireIgnored(string file, string what)
    {
        if (!_ignoreOthers)
        {
            throw new InvalidDataException(
                $"'{MessageText.File(file)}' {what}. Remove it, or open the folder with ignoreOtherFiles: true.");
        }
    }
}

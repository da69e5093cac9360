namespace NeuralNet.Tables.Columns;

/// <summary>The kinds of texts that a field can hold, by their look.</summary>
internal enum TextLook
{
    /// <summary>A finite number in the format of the options.</summary>
    Number,

    /// <summary>A whole number with more digits than a double keeps, such as an identifier.</summary>
    LongInteger,

    /// <summary>A number in another format, or one that is too large.</summary>
    ForeignNumber,

    /// <summary>A date or a time.</summary>
    Date,

    /// <summary>True or false in words.</summary>
    Boolean,

    /// <summary>A sign that stands for no number, such as a dash, "none" or an infinity.</summary>
    NoValue,

    /// <summary>Anything else.</summary>
    Text,
}

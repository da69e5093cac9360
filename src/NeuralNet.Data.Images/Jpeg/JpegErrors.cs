using BitMiracle.LibJpeg.Classic;

namespace NeuralNet.Data.Images.Jpeg;

/// <summary>
/// Throws what the decoder reports. It warns of lost data and goes on with grey in their place: here that is an error,
/// for a network would be trained on it.
/// </summary>
internal sealed class JpegErrors : jpeg_error_mgr
{
    private J_MESSAGE_CODE _code;

    /// <inheritdoc/>
    public override void error_exit() => throw new InvalidDataException($"it is damaged: {format_message()}");

    /// <inheritdoc/>
    public override void emit_message(int msg_level)
    {
        if (msg_level >= 0)
        {
            return;
        }

        string message = format_message();
        switch (_code)
        {
            // The end of the file where more should be; the decoder puts an end mark there.
            case J_MESSAGE_CODE.JWRN_JPEG_EOF:
            case J_MESSAGE_CODE.JWRN_HIT_MARKER:
                throw new InvalidDataException("it is truncated: pixels are missing");
            case J_MESSAGE_CODE.JWRN_HUFF_BAD_CODE:
            case J_MESSAGE_CODE.JWRN_ARITH_BAD_CODE:
            case J_MESSAGE_CODE.JWRN_MUST_RESYNC:
            case J_MESSAGE_CODE.JWRN_TOO_MUCH_DATA:
                throw new InvalidDataException($"it is damaged: {message}");
            default:
                break; // Oddities of cameras, such as bytes between segments, which cost no pixel.
        }
    }

    /// <inheritdoc/>
    public override void output_message()
    {
    }

    /// <summary>Tells the number of the message that is being written, which is not to be had otherwise.</summary>
    protected override string GetMessageText(int code)
    {
        _code = (J_MESSAGE_CODE)code;
        return base.GetMessageText(code);
    }
}

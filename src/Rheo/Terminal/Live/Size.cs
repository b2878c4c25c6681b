namespace Rheo.Terminal.Live;

/// <summary>The size of a screen in columns and rows.</summary>
public readonly record struct Size(int Width, int Height)
{
    /// <summary>What terminals had when they were made of glass; taken where none is reported.</summary>
    public static readonly Size Classic = new(80, 24);

    /// <summary>The largest that is drawn: a wall of screens; more is a terminal that lies.</summary>
    public static readonly Size Largest = new(1000, 500);

    /// <summary>A size to draw for: what is not known is <see cref="Classic"/>, and nothing is beyond <see cref="Largest"/>.</summary>
    public static Size Sane(int width, int height) => new(
        width > 0 ? Math.Min(width, Largest.Width) : Classic.Width, height > 0 ? Math.Min(height, Largest.Height) : Classic.Height);
}

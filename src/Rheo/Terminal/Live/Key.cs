using System.Text;

namespace Rheo.Terminal.Live;

/// <summary>A key that was pressed.</summary>
/// <param name="Name">Which.</param>
/// <param name="Character">What it types; for <see cref="KeyName.Control"/> the small letter.</param>
public readonly record struct Key(KeyName Name, Rune Character = default)
{
    /// <summary>A key that types this.</summary>
    public static implicit operator Key(char character) => new(KeyName.Character, new Rune(character));

    /// <summary>A named key.</summary>
    public static implicit operator Key(KeyName name) => new(name);

    /// <summary>Whether it types this character.</summary>
    public bool Is(char character) => Name == KeyName.Character && Character.Value == character;

    /// <summary>Whether it is this letter with Ctrl.</summary>
    public bool IsControl(char letter) => Name == KeyName.Control && Character.Value == letter;
}

namespace Rheo.Terminal.Live;

/// <summary>The keys that a view tells apart.</summary>
public enum KeyName
{
    /// <summary>One that types a character.</summary>
    Character,

    /// <summary>A letter with Ctrl.</summary>
    Control,

    /// <summary>Return.</summary>
    Enter,

    /// <summary>Esc alone.</summary>
    Escape,

    /// <summary>Takes away the character before the cursor.</summary>
    Backspace,

    /// <summary>Takes away the character under the cursor.</summary>
    Delete,

    /// <summary>Tab.</summary>
    Tab,

    /// <summary>Arrow up.</summary>
    Up,

    /// <summary>Arrow down.</summary>
    Down,

    /// <summary>Arrow left.</summary>
    Left,

    /// <summary>Arrow right.</summary>
    Right,

    /// <summary>A page up.</summary>
    PageUp,

    /// <summary>A page down.</summary>
    PageDown,

    /// <summary>To the beginning.</summary>
    Home,

    /// <summary>To the end.</summary>
    End,

    /// <summary>Any other.</summary>
    Unknown,
}

using Microsoft.Win32.SafeHandles;

namespace Rheo.Capture;

/// <summary>An optional part that the version before has loaded and attached. Disposing detaches it: the descriptors are this object's own.</summary>
internal sealed class InheritedPart(PartInheritance before) : IPartHooks
{
    private bool _isDisposed;

    /// <inheritdoc/>
    public HandedObject Handed { get; } = new(before.Name, before.Handed) { Facts = before.Facts };

    /// <inheritdoc/>
    public IReadOnlyList<string> Warnings => before.Warnings;

    /// <inheritdoc/>
    public IReadOnlyList<int> Links => before.Links;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        foreach (var descriptor in before.Descriptors)
            new SafeFileHandle(descriptor, ownsHandle: true).Dispose();
    }
}

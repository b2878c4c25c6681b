using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Rheo.Model;

/// <summary>The points at which one direction of a conversation was seen; the first of them is where it is counted.</summary>
public struct InterfacePath
{
    /// <summary>Points that are kept: 8. A packet crosses two to five on a container host; the rest is a number.</summary>
    public const int Capacity = 8;

    private Points _points;
    private byte _count;

    /// <summary>How many points are kept.</summary>
    public readonly int Count => _count;

    /// <summary>How many more there were than are kept.</summary>
    public int More { get; internal set; }

    /// <summary>The point at this position; position 0 is the counting point, the others follow by time of first packet.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none at this position.</exception>
    public readonly ObservationPoint this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_count, nameof(index));
            return _points[index];
        }
    }

    /// <summary>Whether the interface is on the path, in either direction.</summary>
    public readonly bool Contains(int interfaceIndex)
    {
        for (var index = 0; index < _count; index++)
        {
            if (_points[index].Interface == interfaceIndex)
                return true;
        }
        return false;
    }

    internal void Append(ObservationPoint point)
    {
        if (_count < Capacity)
            _points[_count++] = point;
        else
            More++;
    }

    [InlineArray(Capacity)]
    [SuppressMessage("Style", "IDE0044", Justification = "The field of an inline array is its element.")]
    private struct Points
    {
        private ObservationPoint _element;
    }
}

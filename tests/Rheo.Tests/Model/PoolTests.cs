using Rheo.Model.Table;
using Xunit;

namespace Rheo.Tests.Model;

/// <summary>Structs by index: each index is one's own as long as it is in use, and memory goes back when it is told to.</summary>
public sealed class PoolTests
{
    private const int Chunk = 1024;
    private const int Many = 100 * Chunk;

    private readonly Pool<long> _pool = new();
    private readonly List<int> _used = [];

    [Fact]
    public void AfterAStormAllButEnoughGoesBack()
    {
        Rent(Many - 5); // the last chunk was never used up
        Return(Many - 5);
        Assert.Equal(Many, _pool.Room);

        _pool.Shrink(1500);

        Assert.Equal((2 * Chunk, 0), (_pool.Room, _pool.Count));
    }

    [Fact]
    public void ThatTheFirstChunkStaysNeedsNoAsking()
    {
        _pool.Shrink(0);

        Assert.Equal((Chunk, 0, 0), (_pool.Room, _pool.Count, _pool.Rent()));
    }

    [Fact]
    public void WhatLastsHoldsItsChunkAloneAndWhatComesGoesLow()
    {
        Rent(Many);
        var last = _used[^1];
        _used.RemoveAt(Many - 1);
        Return(Many - 1);
        _pool[last] = 77;

        _pool.Shrink(1500);
        Assert.Equal((3 * Chunk, 1, 77L), (_pool.Room, _pool.Count, _pool[last]));
        Rent(1500);
        Assert.True(_used.Max() < 2 * Chunk);

        _pool.Return(last);
        _pool.Shrink(1500);
        Assert.Equal((2 * Chunk, 1500), (_pool.Room, _pool.Count));
    }

    [Fact]
    public void AfterTheNextStormThereIsAsMuchAsBefore()
    {
        Rent(Many);
        Return(Many);
        _pool.Shrink(1500);

        Rent(Many);

        Assert.Equal((Many, Many, Many), (_pool.Room, _pool.Count, _pool.High));
        Assert.Equal(Many, _used.Distinct().Count());
    }

    [Fact]
    public void WhoExpectsWhatIsGoneFindsMemory()
    {
        Rent(Many);
        Return(Many);
        _pool.Shrink(0);

        for (var index = -1; index <= Many; index++)
            _pool.Expect(index);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void InWhateverOrderEachKeepsItsOwn(int seed)
    {
        var random = new Random(seed);
        for (var turn = 0; turn < 300; turn++)
        {
            if (random.Next(2) == 0)
                Rent(random.Next(3 * Chunk));
            else
                Return(random.Next(_used.Count + 1), random);
            if (random.Next(4) == 0)
                _pool.Shrink(random.Next(2) == 0 ? 0 : _used.Count);
            Assert.Equal(_used.Count, _pool.Count);
            Assert.All(_used, index => Assert.Equal(index, _pool[index]));
        }
    }

    private void Rent(int count)
    {
        for (var turn = 0; turn < count; turn++)
        {
            var index = _pool.Rent();
            _pool[index] = index; // somebody else's would not be what it was
            _used.Add(index);
        }
    }

    private void Return(int count, Random? random = null)
    {
        for (var turn = 0; turn < count; turn++)
        {
            var at = random?.Next(_used.Count) ?? 0;
            _pool[_used[at]] = -1;
            _pool.Return(_used[at]);
            (_used[at], _used[^1]) = (_used[^1], _used[at]);
            _used.RemoveAt(_used.Count - 1);
        }
    }
}

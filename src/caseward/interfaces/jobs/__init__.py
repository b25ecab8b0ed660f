"""What happens without anybody asking: work done beside the pages, by the clock."""

"""What people write (rule packs, formats, shop.yaml): its shape, its language, its strict loading."""
